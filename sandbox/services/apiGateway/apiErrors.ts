import { serviceError } from "../../core/serviceError";

export const badRequest = (message: string) => serviceError("apigateway", "BadRequestException", message, 400);
export const notFound = (message: string) => serviceError("apigateway", "NotFoundException", message, 404);
export const conflict = (message: string) => serviceError("apigateway", "ConflictException", message, 409);
