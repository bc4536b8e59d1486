namespace Causality.Scheduler.Background;

/// <summary>Whether the schedule of this process begins syncs: the seed's <c>start</c> and <c>stop</c>. Requests are served either way.</summary>
public sealed class SchedulerSwitch
{
    private volatile bool _isRunning = true;

    /// <summary>True from the start of the process until switched off.</summary>
    public bool IsRunning
    {
        get => _isRunning;
        set => _isRunning = value;
    }
}
