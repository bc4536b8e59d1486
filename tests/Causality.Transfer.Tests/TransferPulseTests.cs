using Causality.Contracts;
using Causality.Protocol;
using Causality.Transfer.Pacing;

namespace Causality.Transfer.Tests;

public sealed class TransferPulseTests
{
    private readonly SteppedTime _time = new();
    private readonly HeldPace _pace = new();
    private int _told;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Bytes_that_move_are_told_though_nothing_is_whole_yet()
    {
        // Broke: a segment that took longer than sync_timeout to come failed every attempt, however steadily it came.
        var pulse = Pulse();
        var work = new TaskCompletionSource();
        var running = pulse.WhileAsync(work.Task);

        await pulse.TakeAsync(1_000, Cancelled);
        _time.Step();
        _told.ShouldBe(1);
        _time.Step();
        _told.ShouldBe(1, "nothing has moved since");
        await pulse.TakeAsync(1, Cancelled);
        _time.Step();
        _told.ShouldBe(2);

        work.SetResult();
        await running;
        _time.Step();
        _told.ShouldBe(2, "the work has ended");
    }

    [Fact]
    public async Task Held_up_by_our_own_limit_is_told_too()
    {
        var pulse = Pulse();
        var running = pulse.WhileAsync(new TaskCompletionSource().Task);
        _pace.Hold();
        var held = pulse.TakeAsync(64 * 1024, Cancelled).AsTask();

        _time.Step();
        _time.Step();
        _told.ShouldBe(2);

        _pace.Release();
        await held;
        _time.Step();
        _told.ShouldBe(2);
        running.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task A_trickle_is_not_told_for_ever()
    {
        var pulse = Pulse();
        _ = pulse.WhileAsync(new TaskCompletionSource().Task);
        var steps = (int)(TransferPulse.Longest / SteppedTime.Length) + 10;

        for (var step = 0; step < steps; step++)
        {
            await pulse.TakeAsync(1, Cancelled);
            _time.Step();
        }

        _told.ShouldBe((int)(TransferPulse.Longest / SteppedTime.Length));
    }

    [Fact]
    public async Task What_cannot_be_told_does_not_end_the_work()
    {
        var work = new TaskCompletionSource();
        var pulse = new TransferPulse(_pace, new SyncSettings(), () => throw new InvalidOperationException("no database"), _time);
        var running = pulse.WhileAsync(work.Task);
        await pulse.TakeAsync(1, Cancelled);
        _time.Step();

        work.SetException(new TimeoutException("the peer"));

        await Should.ThrowAsync<TimeoutException>(running);
    }

    private TransferPulse Pulse() => new(_pace, new SyncSettings(), () =>
    {
        _told++;
        return Task.CompletedTask;
    }, _time);

    private sealed class HeldPace : ITransferPace
    {
        private TaskCompletionSource? _gate;

        public void Hold() => _gate = new TaskCompletionSource();

        public void Release() => _gate!.SetResult();

        public async ValueTask TakeAsync(int bytes, CancellationToken cancellationToken) => await (_gate?.Task ?? Task.CompletedTask);
    }

    /// <summary>Time that passes in steps of five seconds; what is due runs before the step returns.</summary>
    private sealed class SteppedTime : TimeProvider
    {
        public static readonly TimeSpan Length = TimeSpan.FromSeconds(5);

        private readonly List<Action> _due = [];
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            dueTime.ShouldBe(Length);
            var timer = new Timer();
            _due.Add(() => timer.Run(callback, state));
            return timer;
        }

        public void Step()
        {
            _ticks += Length.Ticks;
            var due = _due.ToList();
            _due.Clear();
            due.ForEach(run => run());
        }

        private sealed class Timer : ITimer
        {
            private bool _isGone;

            public void Run(TimerCallback callback, object? state)
            {
                if (!_isGone)
                    callback(state);
            }

            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose() => _isGone = true;

            public ValueTask DisposeAsync()
            {
                _isGone = true;
                return ValueTask.CompletedTask;
            }
        }
    }
}
