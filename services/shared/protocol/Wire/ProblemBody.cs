using System.Text.Json;
using Causality.Contracts.Http;

namespace Causality.Protocol.Wire;

/// <summary>The problem (RFC 9457) that a peer sends with a refusal.</summary>
internal static class ProblemBody
{
    /// <summary>Its <c>type</c> as text; null when the body is none. Never throws: the peer is hostile until checked, and a refusal it is anyway.</summary>
    public static string? TypeOf(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var problem = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = SyncLimits.MaxJsonDepth });
            return problem.RootElement.ValueKind == JsonValueKind.Object && problem.RootElement.TryGetProperty("type", out var type) ? type.ToString() : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: half of a surrogate pair, written as an escape, which is JSON but no text.
            return null;
        }
    }
}
