using System.Text.Json;
using Causality.Contracts;

namespace Causality.EndToEnd.Tests.Brokers;

/// <summary>The event that ended a sync, as another program reads it.</summary>
internal sealed record SyncEnding
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>The event's name, such as <c>SyncCompleted</c>.</summary>
    public required string Event { get; init; }

    public required Guid SyncId { get; init; }

    public string? Reason { get; init; }

    public string? Detail { get; init; }

    /// <summary>Absent from <c>SyncRejected</c> only.</summary>
    public SyncResult Result { get; init; } = null!;

    public static SyncEnding Read(string name, JsonElement message) => new()
    {
        Event = name,
        SyncId = message.GetProperty("syncId").GetGuid(),
        Reason = Text(message, "reason"),
        Detail = Text(message, "detail"),
        Result = message.TryGetProperty("result", out var result) ? result.Deserialize<SyncResult>(Json)! : null!,
    };

    private static string? Text(JsonElement message, string member) =>
        message.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
