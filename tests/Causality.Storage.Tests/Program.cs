using Causality.Storage.Tests.Support;
using Xunit.Runner.InProc.SystemConsole;

namespace Causality.Storage.Tests;

/// <summary>Runs the tests, or stands in for a service when a test starts this program again as a process of its own.</summary>
internal static class Program
{
    public static Task<int> Main(string[] args) => args is [ChildProcess.Switch, var role, .. var rest]
        ? ChildProcess.RunAsync(role, rest)
        : ConsoleRunner.Run(args);
}
