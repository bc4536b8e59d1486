namespace Causality.Protocol.Client;

/// <summary>Counts what an operation says to peers and hears from them, whichever methods of the protocol it calls.</summary>
/// <remarks>Bytes are those of bodies; headers (about 300 bytes a round trip) and TLS come on top.</remarks>
public sealed class ExchangeTally
{
    private static readonly AsyncLocal<ExchangeTally?> Ambient = new();

    private long _roundTrips;
    private long _bytes;

    /// <summary>What the present operation counts with, if it counts.</summary>
    public static ExchangeTally? Current => Ambient.Value;

    /// <summary>Requests sent.</summary>
    public long RoundTrips => Interlocked.Read(ref _roundTrips);

    /// <summary>Bytes of bodies in both directions.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Counts everything that the calling asynchronous method does from here on.</summary>
    public static ExchangeTally Begin() => Ambient.Value = new ExchangeTally();

    internal void Sent(long bytes)
    {
        Interlocked.Increment(ref _roundTrips);
        Interlocked.Add(ref _bytes, bytes);
    }

    internal void Received(long bytes) => Interlocked.Add(ref _bytes, bytes);
}
