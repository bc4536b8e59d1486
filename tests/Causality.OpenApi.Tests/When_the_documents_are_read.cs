using Causality.OpenApi.Tests.Documents;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;

namespace Causality.OpenApi.Tests;

/// <summary>Both documents are OpenAPI 3.1, complete in themselves.</summary>
public sealed class When_the_documents_are_read
{
    public static TheoryData<string> Names => [.. OpenApiFile.Both.Select(document => document.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void They_should_be_valid(string name) => FaultsOf(File.ReadAllText(Of(name).Path)).ShouldBeEmpty();

    [Theory]
    [InlineData("operationId: listSegments", "operationId: getInfo")]
    [InlineData("        '200':\n          description: 'The operator.'\n", "        '200':\n")]
    [InlineData("#/components/schemas/PeerInfoAnswer'", "#/components/schemas/Nothing'")]
    public void A_broken_one_should_not(string part, string broken)
    {
        var text = File.ReadAllText(OpenApiFile.Peer.Path);
        text.ShouldContain(part);

        var faults = FaultsOf(text.Replace(part, broken, StringComparison.Ordinal)).Concat(OperationIdFaults(text.Replace(part, broken, StringComparison.Ordinal)));

        faults.ShouldNotBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_reference_should_lead_somewhere(string name) =>
        Of(name).All("$ref").Select(reference => reference!.GetValue<string>()).Where(reference => Of(name).Find(reference) is null).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_component_should_be_used(string name)
    {
        var used = Of(name).All("$ref").Select(reference => reference!.GetValue<string>()).ToHashSet();
        var all = Of(name).Root["components"]!.AsObject().Where(kind => kind.Key != "securitySchemes").SelectMany(kind => kind.Value!.AsObject().Select(part => $"#/components/{kind.Key}/{part.Key}"));

        // Bodies that are no JSON as a whole: a frame's header, a line of an export; reasons, which are texts where new ones may come.
        all.Where(reference => !used.Contains(reference)).Select(reference => reference[(reference.LastIndexOf('/') + 1)..])
            .Where(part => part is not ("FrameHeader" or "ConflictRecordLine" or "SyncReason")).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Everything_should_be_described(string name)
    {
        var document = Of(name);
        var undescribed = document.Operations.Where(operation => string.IsNullOrWhiteSpace(operation.Node["summary"]?.GetValue<string>())).Select(operation => operation.Route)
            .Concat(document.Operations.SelectMany(operation => operation.Parameters.Where(parameter => document.Follow(parameter)["description"] is null).Select(parameter => $"{operation.Route} {parameter.ToJsonString()}")))
            .Concat(document.Schemas.Where(schema => schema.Value!["description"] is null).Select(schema => schema.Key))
            .Concat(document.Schemas.SelectMany(schema => (schema.Value!["properties"]?.AsObject() ?? []).Where(member => member.Value!["description"] is null && member.Value["$ref"] is null).Select(member => $"{schema.Key}.{member.Key}")));

        undescribed.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Operations_should_have_names_of_their_own(string name) => OperationIdFaults(File.ReadAllText(Of(name).Path)).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_place_in_a_path_should_be_a_parameter(string name)
    {
        foreach (var operation in Of(name).Operations)
        {
            var named = operation.Parameters.Select(parameter => Of(name).Follow(parameter)).Where(parameter => parameter["in"]!.GetValue<string>() == "path").Select(parameter => $"{{{parameter["name"]!.GetValue<string>()}}}").ToList();
            operation.Path.Split('/').Where(step => step.StartsWith('{')).Order().ShouldBe(named.Order(), operation.Route);
        }
    }

    private static OpenApiFile Of(string name) => OpenApiFile.Both.Single(document => document.Name == name);

    private static List<string> FaultsOf(string text)
    {
        var settings = new OpenApiReaderSettings();
        settings.AddYamlReader();
        var diagnostic = OpenApiDocument.Parse(text, OpenApiConstants.Yaml, settings).Diagnostic.ShouldNotBeNull();
        diagnostic.SpecificationVersion.ShouldBe(OpenApiSpecVersion.OpenApi3_1);
        return [.. diagnostic.Errors.Concat(diagnostic.Warnings).Select(fault => $"{fault.Pointer}: {fault.Message}")];
    }

    private static List<string> OperationIdFaults(string text) =>
        [.. text.Split('\n').Where(line => line.TrimStart().StartsWith("operationId:", StringComparison.Ordinal)).GroupBy(line => line.Trim()).Where(group => group.Count() > 1).Select(group => $"{group.Key} stands there {group.Count()} times")];
}
