using System.Text.Json;

namespace Causality.Contracts.Tests;

public sealed class When_contracts_travel_as_json
{
    private static readonly JsonSerializerOptions CamelCase = new(JsonSerializerDefaults.Web);

    public static TheoryData<string> Records { get; } = [.. ContractTypes.Records.Select(type => type.FullName!)];

    [Theory]
    [MemberData(nameof(Records))]
    public void Every_record_comes_back_as_it_went(string name)
    {
        var type = ContractTypes.Assembly.GetType(name).ShouldNotBeNull();
        var original = new SampleValues().Make(type);

        var json = JsonSerializer.Serialize(original, type, CamelCase);
        var back = JsonSerializer.Deserialize(json, type, CamelCase).ShouldNotBeNull();

        JsonSerializer.Serialize(back, type, CamelCase).ShouldBe(json);
        using var document = JsonDocument.Parse(json);
        document.RootElement.EnumerateObject().ShouldAllBe(member => char.IsLower(member.Name[0]));
        document.RootElement.EnumerateObject().Count().ShouldBe(type.GetProperties().Length, "no member is lost on the way");
        document.RootElement.EnumerateObject().ShouldAllBe(member => member.Value.ValueKind != JsonValueKind.Null);
    }

    [Fact]
    public void A_request_needs_no_member_at_all() => JsonSerializer.Deserialize<SyncRequested>("{}", CamelCase).ShouldBe(new SyncRequested());

    [Fact]
    public void A_member_of_a_later_version_is_kept_apart_and_not_lost()
    {
        var request = JsonSerializer.Deserialize<SyncRequested>("""{"peerId":"b","priority":5}""", CamelCase).ShouldNotBeNull();

        request.PeerId.ShouldBe("b");
        request.Unknown.ShouldNotBeNull()["priority"].GetInt32().ShouldBe(5);
    }

    [Fact]
    public void A_message_without_a_required_member_is_refused_and_the_member_named()
    {
        var fault = Should.Throw<JsonException>(() => JsonSerializer.Deserialize<CancelSync>("{}", CamelCase));

        fault.Message.ShouldContain("syncId", Case.Insensitive);
    }

    [Fact]
    public void A_status_travels_by_name() => JsonSerializer.Serialize(SyncStatus.InProgress, CamelCase).ShouldBe("\"InProgress\"");
}
