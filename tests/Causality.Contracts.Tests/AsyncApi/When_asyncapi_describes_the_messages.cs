using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Causality.Contracts.Tests.AsyncApi;

public sealed class When_asyncapi_describes_the_messages
{
    private static readonly AsyncApiDocument Document = AsyncApiDocument.Published();

    // A record that keeps unknown members keeps them; any other must know every member of its example.
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, PropertyNameCaseInsensitive = false };

    [Fact]
    public void It_should_say_what_the_records_say() => ContractCheck.FindDifferences(Document).ShouldBeEmpty();

    [Fact]
    public void Every_message_type_should_be_known_as_public_or_internal() =>
        PublicContracts.Declared().Select(type => type.Name).Order().ShouldBe(PublicContracts.Messages.Concat(PublicContracts.Internal).Select(type => type.Name).Order());

    [Fact]
    public void Every_public_message_should_have_its_channel_and_no_other_should()
    {
        Document.Root["asyncapi"]!.GetValue<string>().ShouldBe("3.0.0");
        foreach (var type in PublicContracts.Messages)
        {
            var channel = Document.Channels[CamelCase(type.Name)].ShouldNotBeNull($"channel of {type.Name}");
            channel["address"]!.GetValue<string>().ShouldBe($"{type.Namespace}:{type.Name}");
            channel["bindings"]!["amqp"]!["exchange"]!["name"]!.GetValue<string>().ShouldBe($"{type.Namespace}:{type.Name}");
            ((JsonObject)channel["messages"]!).Count.ShouldBe(PublicContracts.Entrances.Contains(type) ? 2 : 1, $"forms of {type.Name}");
        }

        Document.Channels.Count.ShouldBe(PublicContracts.Messages.Count());
    }

    [Fact]
    public void The_operator_should_receive_its_entrances_and_send_its_events()
    {
        var wanted = PublicContracts.Entrances.Select(type => ("receive", type.Name)).Concat(PublicContracts.Events.Select(type => ("send", type.Name)));

        Document.Operations.Select(operation => (operation.Value!["action"]!.GetValue<string>(), operation.Key)).Order()
            .ShouldBe(wanted.Select(pair => (pair.Item1, pair.Item1 + pair.Name)).Order());
    }

    [Fact]
    public void Every_reference_should_lead_somewhere() =>
        Document.All("$ref").Select(reference => reference!.GetValue<string>()).Where(reference => Document.Follow(reference) is null).ShouldBeEmpty();

    [Fact]
    public void Every_message_should_have_an_example_that_the_record_reads()
    {
        foreach (var (name, message) in Document.Messages)
        {
            var type = PublicContracts.TypeOf(message!["name"]!.GetValue<string>()).ShouldNotBeNull(name);
            var payload = message["examples"]![0]!["payload"]!;
            if (name.EndsWith("Envelope", StringComparison.Ordinal))
            {
                payload["messageType"]![0]!.GetValue<string>().ShouldBe($"urn:message:{type.Namespace}:{type.Name}");
                payload = payload["message"]!;
            }

            var read = Should.NotThrow(() => payload.Deserialize(type, Strict), name).ShouldNotBeNull(name);
            (read as SyncRequested)?.Unknown.ShouldBeNull("the example of SyncRequested has a member that nobody knows");
            JsonSerializer.SerializeToNode(read, type, Strict)!.AsObject().Select(member => member.Key).ShouldBeSubsetOf([.. Member.Of(type).Select(member => member.Name)]);
        }
    }

    private static string CamelCase(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);
}
