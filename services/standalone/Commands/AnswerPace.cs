namespace Causality.Standalone.Commands;

/// <summary>When a command asks again for the end of what an operator does: soon at first, because a sync of little takes a fraction of a second; five times a second in the end.</summary>
internal sealed class AnswerPace(TimeProvider time)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(200);
    private TimeSpan _next = TimeSpan.FromMilliseconds(20);

    /// <summary>Waits until it is time to ask, each time twice as long as before.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(_next, time, cancellationToken);
        _next = _next * 2 < Longest ? _next * 2 : Longest;
    }
}
