using Causality.Contracts.Http;
using Causality.Protocol.Server.Problems;
using Microsoft.AspNetCore.Http;

namespace Causality.Protocol.Server.Limits;

/// <summary>What one peer has used of its limits.</summary>
/// <param name="options">The limits.</param>
/// <param name="time">The clock.</param>
internal sealed class PeerBudget(PeerLimitOptions options, TimeProvider time) : IDisposable
{
    /// <summary>Requests of one peer that are really worked on at the same time: as many as there are cores, but two at least.</summary>
    public static readonly int Turns = Math.Max(2, Environment.ProcessorCount);

    private readonly TokenBucket _requests = new(options.RequestsPerSecond, options.RequestBurst, time);
    private readonly TokenBucket _bytes = new(options.BytesPerSecond, options.ByteBurst, time);
    private readonly SemaphoreSlim _turns = new(Turns);
    private int _running;
    private int _diffs;
    private int _uploads;
    private int _connections;
    private int _refusals;

    /// <summary>Takes what a request needs; give it back with <see cref="End"/>.</summary>
    /// <exception cref="RequestProblemException">429 <c>rate-limited</c> or <c>overloaded</c>; nothing was taken.</exception>
    public void Begin(PeerLoad load)
    {
        if (_requests.TryTake(1) is { } forRequests)
            throw RateLimited("requests", forRequests);
        if (_bytes.TryTake(0) is { } forBytes)
            throw RateLimited("bytes", forBytes);
        Enter(ref _running, options.ConcurrentRequests, "requests");
        try
        {
            if (load == PeerLoad.Diff)
                Enter(ref _diffs, options.ConcurrentDiffs, "comparisons");
            if (load == PeerLoad.Upload)
                Enter(ref _uploads, options.ConcurrentUploads, "segments being sent");
        }
        catch
        {
            Interlocked.Decrement(ref _running);
            throw;
        }
    }

    /// <summary>Gives back what <see cref="Begin"/> took, and charges the bytes that were moved.</summary>
    public void End(PeerLoad load, long bytes)
    {
        Interlocked.Decrement(ref _running);
        if (load == PeerLoad.Diff)
            Interlocked.Decrement(ref _diffs);
        if (load == PeerLoad.Upload)
            Interlocked.Decrement(ref _uploads);
        _bytes.Charge(bytes);
    }

    /// <summary>Waits until the peer's requests before it leave a core free. Those that move contents do not wait: they mostly wait for the network.</summary>
    /// <returns>To be disposed of when the work is done.</returns>
    public async ValueTask<IDisposable?> TurnAsync(PeerLoad load, CancellationToken cancellationToken)
    {
        if (load is PeerLoad.Upload or PeerLoad.Download)
            return null;
        await _turns.WaitAsync(cancellationToken);
        return new Turn(_turns);
    }

    /// <summary>Begins a refusal that takes its time.</summary>
    /// <returns>False when too many do already.</returns>
    public bool BeginRefusal()
    {
        if (Interlocked.Increment(ref _refusals) <= options.ConnectionsPerPeer)
            return true;
        Interlocked.Decrement(ref _refusals);
        return false;
    }

    /// <summary>Ends one.</summary>
    public void EndRefusal() => Interlocked.Decrement(ref _refusals);

    /// <summary>Counts a connection of the peer in.</summary>
    /// <exception cref="RequestProblemException">429 <c>overloaded</c>: it has too many; not counted.</exception>
    public void Connect() => Enter(ref _connections, options.ConnectionsPerPeer, "connections");

    /// <summary>Counts it out.</summary>
    public void Disconnect() => Interlocked.Decrement(ref _connections);

    public void Dispose() => _turns.Dispose();

    private static void Enter(ref int count, int limit, string what)
    {
        if (Interlocked.Increment(ref count) <= limit)
            return;
        Interlocked.Decrement(ref count);
        throw new RequestProblemException(StatusCodes.Status429TooManyRequests, ProblemTypes.Overloaded, $"You have {limit} {what} open here, which is the most at the same time; come again in a moment.");
    }

    private static RequestProblemException RateLimited(string what, TimeSpan wait) =>
        new(StatusCodes.Status429TooManyRequests, ProblemTypes.RateLimited, $"You have used up your {what} for now; wait as Retry-After says.") { RetryAfter = wait };

    private sealed class Turn(SemaphoreSlim turns) : IDisposable
    {
        public void Dispose() => turns.Release();
    }
}
