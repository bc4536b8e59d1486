using Causality.Storage.Maintenance;

namespace Causality.Storage.Tests.Support;

/// <summary>Does something when work gets to a step, in the middle of that work.</summary>
internal sealed class At(string step, Action act) : IProgress<MaintenanceProgress>
{
    private int _done;

    public void Report(MaintenanceProgress value)
    {
        if (value.Step == step && Interlocked.Exchange(ref _done, 1) == 0)
            act();
    }
}
