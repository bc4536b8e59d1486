using Causality.Contracts.Http;
using Causality.Core;

namespace Causality.Protocol.Client;

/// <summary>Reads the answer that is one whole segment.</summary>
internal static class SegmentReader
{
    public static async Task<LogSegment> ReadAsync(PeerExchange exchange, SegmentId id)
    {
        var tag = exchange.Response.Headers.ETag?.Tag.Trim('"');
        if (!ContentHash.TryParse(tag, out var hash))
            throw exchange.Violation($"ETag: '{Printable.Shorten(tag)}' is not a content hash in quotes");

        var name = exchange.Response.Headers.TryGetValues(SyncHeaders.Origin, out var values) ? values.FirstOrDefault() : null;
        if (!OperatorId.TryParse(name, out var origin))
            throw exchange.Violation($"{SyncHeaders.Origin}: '{Printable.Shorten(name)}' is not an operator id");

        return LogSegment.ParseVerified(id, origin, await exchange.ReadAllAsync(SegmentLimits.MaxBytes), hash);
    }
}
