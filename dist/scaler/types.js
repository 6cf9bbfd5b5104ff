"use strict";
/** What the scaler stores and passes around. Plain data only: these shapes travel through SSM and through the serialised Lambda. */
Object.defineProperty(exports, "__esModule", { value: true });
