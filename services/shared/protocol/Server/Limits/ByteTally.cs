using Microsoft.AspNetCore.Http;

namespace Causality.Protocol.Server.Limits;

/// <summary>Counts the content bytes that a request moves.</summary>
internal sealed class ByteTally
{
    private long _bytes;

    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Counts for the request that is being answered.</summary>
    public static void Add(HttpContext context, long bytes)
    {
        if (context.Features.Get<ByteTally>() is { } tally)
            Interlocked.Add(ref tally._bytes, bytes);
    }
}
