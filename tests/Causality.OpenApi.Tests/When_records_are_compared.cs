using System.Text.Json.Nodes;
using Causality.Contracts.Http.Control;
using Causality.OpenApi.Tests.Documents;
using Causality.Protocol.Wire;

namespace Causality.OpenApi.Tests;

/// <summary>Schemas say of every member what the records say that are read and written.</summary>
public sealed class When_records_are_compared
{
    /// <summary>Schemas of what has no record: texts that stand in many places, entries, which are kept as bytes, problems, states of health.</summary>
    private static readonly string[] Helpers = ["SegmentId", "OperatorId", "Hash", "Root", "Timestamp", "Entry", "Health", "SyncReason", "Problem", "ProblemType"];

    public static TheoryData<string> Names => [.. SchemaLines.Contracts.Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_should_have_a_schema_that_says_the_same(string name)
    {
        var type = SchemaLines.Contracts.Single(type => type.Name == name);
        var documents = OpenApiFile.Both.Where(document => document.Schemas.ContainsKey(name)).ToList();

        documents.ShouldNotBeEmpty($"{name} stands in a body and in neither document");
        foreach (var document in documents)
            SchemaLines.Of(document, name).ShouldBe(SchemaLines.Of(type), $"{name} in {document.Name}");
    }

    [Fact]
    public void Every_schema_should_be_of_a_record() =>
        OpenApiFile.Both.SelectMany(document => document.Schemas.Select(schema => schema.Key)).Except(Helpers).Except(SchemaLines.Contracts.Select(type => type.Name)).ShouldBeEmpty();

    [Fact]
    public void A_member_that_is_missing_renamed_or_of_another_type_should_be_told()
    {
        var right = SchemaLines.Of(typeof(PeerInfo));

        Changed(members => members.Remove("address")).ShouldNotBe(right);
        Changed(members => members["more"] = new JsonObject { ["type"] = "string" }).ShouldNotBe(right);
        Changed(members => members["successful_syncs"]!["type"] = "string").ShouldNotBe(right);
        Changed(members => members["last_sync"]!["type"] = "string").ShouldNotBe(right);

        static IReadOnlyList<string> Changed(Action<JsonObject> change) =>
            SchemaLines.Of(OpenApiFile.Control.But(root => change((JsonObject)root["components"]!["schemas"]![nameof(PeerInfo)]!["properties"]!)), nameof(PeerInfo));
    }

    /// <summary>Bodies of requests refuse what they do not know, and their schemas say so; answers may say more one day.</summary>
    [Fact]
    public void Only_requests_should_be_closed()
    {
        foreach (var document in OpenApiFile.Both)
        {
            var read = document.Operations.SelectMany(operation => operation.Node["requestBody"]?["content"]?.AsObject().Select(content => content.Value!["schema"]) ?? [])
                .SelectMany(schema => Reached(document, schema)).ToHashSet();
            var closed = document.Schemas.Where(schema => schema.Value!["additionalProperties"] is JsonValue flag && !flag.GetValue<bool>()).Select(schema => schema.Key);
            var written = document.Operations.SelectMany(operation => operation.Responses).SelectMany(response => document.Follow(response.Value!)["content"]?.AsObject().Select(content => content.Value!["schema"]) ?? [])
                .SelectMany(schema => Reached(document, schema)).ToHashSet();

            // What both read and write cannot be closed for one of them; an entry has no other members anywhere.
            closed.Except(["Entry"]).Order().ShouldBe(read.Except(written).Except(Helpers).Where(name => document.Schemas[name]!["type"]!.GetValue<string>() == "object").Order(), document.Name);
        }

        ProtocolJson.Requests.UnmappedMemberHandling.ShouldBe(System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow);
    }

    private static IEnumerable<string> Reached(OpenApiFile document, JsonNode? schema)
    {
        if (schema is null)
            return [];
        var names = new OpenApiFile(document.Name, new JsonObject { ["paths"] = new JsonObject(), ["it"] = schema.DeepClone() }).All("$ref").Select(reference => reference!.GetValue<string>().Split('/')[^1]).ToList();
        return names.Concat(names.SelectMany(name => Reached(document, document.Schemas[name])));
    }
}
