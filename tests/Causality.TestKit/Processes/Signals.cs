using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Causality.TestKit.Processes;

/// <summary>The signals that .NET cannot send by itself.</summary>
internal static partial class Signals
{
    private const int Terminate = 15;

    /// <summary>Asks a process to stop, as an orchestrator does.</summary>
    public static void SendTerminate(Process process)
    {
        // A process that has just ended by itself is no failure.
        _ = Kill(process.Id, Terminate);
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int processId, int signal);
}
