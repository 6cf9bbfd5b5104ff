"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.networkStatements = exports.networkFields = void 0;
exports.networkProblems = networkProblems;
const fields_1 = require("../fields");
exports.networkFields = {
    subnetIds: (0, fields_1.listOf)(/^subnet-[0-9a-f]+$/, "subnet ids (subnet-...)"),
    securityGroupIds: (0, fields_1.listOf)(/^sg-[0-9a-f]+$/, "security group ids (sg-...)"),
};
/** What is wrong with the network; [] when it is fine, or none. */
function networkProblems(network, at = "") {
    if (!network)
        return [];
    const problems = (0, fields_1.fieldProblems)(network, exports.networkFields, at);
    if (!(0, fields_1.areRight)(problems, at, ["subnetIds", "securityGroupIds"]))
        return problems;
    const missing = ["subnetIds", "securityGroupIds"].filter((name) => !network[name]?.length);
    const text = `a VPC needs both \`${at}subnetIds\` and \`${at}securityGroupIds\`. Set it too, or remove the other`;
    return [...problems, ...missing.map((name) => ({ path: at + name, value: network[name], text }))];
}
/** "VPC permissions" for Managed Service for Apache Flink: what its role needs to keep network interfaces. */
exports.networkStatements = [
    {
        sid: "ReadNetwork",
        actions: [
            "ec2:DescribeDhcpOptions",
            "ec2:DescribeNetworkInterfaces",
            "ec2:DescribeSecurityGroups",
            "ec2:DescribeSubnets",
            "ec2:DescribeVpcs",
        ],
        resources: ["*"],
        reason: "the service checks the VPC it is given; EC2's Describe actions have no resource types",
    },
    {
        sid: "KeepNetworkInterfaces",
        actions: ["ec2:CreateNetworkInterface", "ec2:CreateNetworkInterfacePermission", "ec2:DeleteNetworkInterface"],
        resources: ["*"],
        reason: "the service makes and removes interfaces whose ids are not known before",
    },
];
