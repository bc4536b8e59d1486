namespace Causality.Messaging.Tests.Hosting;

/// <summary>What consumers have seen, in order; tests wait on it.</summary>
internal sealed class Observations
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly Lock _lock = new();
    private readonly List<(string Text, DateTimeOffset At)> _all = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Add(string text)
    {
        lock (_lock)
        {
            _all.Add((text, DateTimeOffset.UtcNow));
            _changed.TrySetResult();
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    public IReadOnlyList<string> Of(string prefix)
    {
        lock (_lock)
            return [.. _all.Select(one => one.Text).Where(text => text.StartsWith(prefix, StringComparison.Ordinal))];
    }

    public DateTimeOffset TimeOf(string text)
    {
        lock (_lock)
            return _all.First(one => one.Text == text).At;
    }

    /// <summary>Waits until enough has been seen.</summary>
    public async Task<IReadOnlyList<string>> WaitAsync(string prefix, int count = 1)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Patience);
        while (true)
        {
            Task changed;
            lock (_lock)
                changed = _changed.Task;
            var seen = Of(prefix);
            if (seen.Count >= count)
                return seen;
            try
            {
                await changed.WaitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                Of(prefix).Count.ShouldBeGreaterThanOrEqualTo(count, $"observations that begin with '{prefix}'");
            }
        }
    }
}
