using System.Text.Json.Nodes;

namespace Causality.Contracts.Tests.AsyncApi;

public sealed class When_asyncapi_and_the_records_differ
{
    public static TheoryData<string, string> Changes => new()
    {
        { "forget a member", "SyncResult.attempts: the record says 'integer int32, required', asyncapi.yaml says nothing." },
        { "invent a member", "SyncResult.mood: the record says nothing, asyncapi.yaml says 'string'." },
        { "change a type", "SyncResult.entriesSynced: the record says 'integer int64, required', asyncapi.yaml says 'integer int32, required'." },
        { "forget null", "SyncAccepted.requestedBy: the record says 'string, nullable', asyncapi.yaml says 'string'." },
        { "forget required", "SyncAccepted.peerId: the record says 'string, required', asyncapi.yaml says 'string'." },
        { "forget an enum value", "SyncStatus: 'Skipped' is in the code and not in asyncapi.yaml." },
        { "invent a reason", "SyncReason: 'bad-luck' is in asyncapi.yaml and not in the code." },
        { "forget a schema", "CancelSync is a public contract and has no schema." },
        { "invent a schema", "Schema SyncPostponed describes no public contract." },
        { "forget a description", "SyncAccepted.peerId has no description in asyncapi.yaml." },
        { "close an open record", "SyncRequested: the record keeps unknown members; additionalProperties must be true." },
    };

    [Theory, MemberData(nameof(Changes))]
    public void The_check_should_name_the_place(string change, string sentence)
    {
        var document = AsyncApiDocument.Published();
        Make(change, document.Schemas);

        ContractCheck.FindDifferences(document).ShouldContain(sentence);
    }

    private static void Make(string change, JsonObject schemas)
    {
        switch (change)
        {
            case "forget a member": Properties(schemas, "SyncResult").Remove("attempts"); break;
            case "invent a member": Properties(schemas, "SyncResult")["mood"] = new JsonObject { ["type"] = "string", ["description"] = "How it felt." }; break;
            case "change a type": Properties(schemas, "SyncResult")["entriesSynced"]!["format"] = "int32"; break;
            case "forget null": Properties(schemas, "SyncAccepted")["requestedBy"]!["type"] = "string"; break;
            case "forget required": ((JsonArray)schemas["SyncAccepted"]!["required"]!).RemoveAt(1); break;
            case "forget an enum value": ((JsonArray)schemas["SyncStatus"]!["enum"]!).RemoveAt(2); break;
            case "invent a reason": ((JsonArray)schemas["SyncReason"]!["enum"]!).Add("bad-luck"); break;
            case "forget a schema": schemas.Remove("CancelSync"); break;
            case "invent a schema": schemas["SyncPostponed"] = new JsonObject { ["description"] = "Not yet." }; break;
            case "forget a description": Properties(schemas, "SyncAccepted")["peerId"]!.AsObject().Remove("description"); break;
            case "close an open record": schemas["SyncRequested"]!.AsObject().Remove("additionalProperties"); break;
            default: throw new ArgumentOutOfRangeException(nameof(change), change, "No such change.");
        }
    }

    private static JsonObject Properties(JsonObject schemas, string name) => (JsonObject)schemas[name]!["properties"]!;
}
