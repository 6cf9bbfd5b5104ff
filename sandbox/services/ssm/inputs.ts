import { members, type ModelledInputs } from "../../core/modelled";

const tag = members("Key", "Value");
const parameter = { ResourceType: ["Parameter"], ResourceId: "ownArn" } as const;
const paged = members("MaxResults", "NextToken");
/** SecureString is stored as it is, so it reads the same either way. */
const decryption = members("WithDecryption");

/** What is modelled of each operation's input. Names may be ARNs. */
export const inputs: ModelledInputs = {
  AddTagsToResource: { ...parameter, Tags: tag },
  DeleteParameter: { Name: "ownArn" },
  DeleteParameters: { Names: "ownArn" },
  DescribeParameters: {
    ...paged,
    ParameterFilters: {
      Key: ["Name", "Type", "Path"],
      Option: ["Equals", "BeginsWith", "Contains", "Recursive", "OneLevel"],
      Values: "anything",
    },
  },
  GetParameter: { ...decryption, Name: "ownArn" },
  GetParameterHistory: { ...decryption, ...paged, Name: "ownArn" },
  GetParameters: { ...decryption, Names: "ownArn" },
  GetParametersByPath: { ...decryption, ...paged, ...members("Path", "Recursive") },
  ListTagsForResource: parameter,
  PutParameter: {
    ...members("Description", "Value", "Type", "Overwrite", "AllowedPattern", "Tier"),
    Name: "ownArn",
    DataType: ["text"],
    Tags: tag,
  },
  RemoveTagsFromResource: { ...parameter, ...members("TagKeys") },
};
