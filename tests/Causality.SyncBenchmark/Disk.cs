using System.Diagnostics;

namespace Causality.SyncBenchmark;

/// <summary>Begins every measurement with a disk that has nothing left to write.</summary>
internal static class Disk
{
    public static async Task SettleAsync()
    {
        using var process = Process.Start("sync");
        await process.WaitForExitAsync();
    }
}
