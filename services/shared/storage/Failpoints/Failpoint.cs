using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Causality.Storage;

/// <summary>Kills the process where a test says so: <c>CAUSALITY_FAILPOINT=name</c>, or <c>name:n</c> for the n-th time that the point is reached.</summary>
/// <remarks>
/// The variable is read once, into a static readonly field: the JIT sees a constant, so that in a normal run a point is no instruction at all.
/// The kill is SIGKILL, as by the kernel when memory runs out: nothing is flushed, no finally block runs.
/// </remarks>
public static class Failpoint
{
    /// <summary>The environment variable that arms one point.</summary>
    public const string Variable = "CAUSALITY_FAILPOINT";

    private static readonly string? Armed = Environment.GetEnvironmentVariable(Variable)?.Split(':')[0];
    private static readonly int Nth = ReadNth();
    private static int _reached;

    /// <summary>True when this process is to be killed somewhere.</summary>
    public static bool IsArmed
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Armed is not null;
    }

    /// <summary>Dies here if this point is armed and it is the n-th time; else does nothing.</summary>
    /// <param name="point">One of <see cref="Failpoints"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Reach(string point)
    {
        if (IsArmed)
            DieIfDue(point);
    }

    /// <summary>What is wrong with the variable, in one sentence; null for nothing. A test that arms a point which does not exist would prove nothing.</summary>
    public static string? FindFault()
    {
        if (Armed is null || (Nth > 0 && Failpoints.All.Any(point => point.Name == Armed)))
            return null;
        return $"{Variable} is '{Environment.GetEnvironmentVariable(Variable)}'; it must be a point, or a point, ':' and a number from 1. Points: {string.Join(", ", Failpoints.All.Select(point => point.Name))}.";
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void DieIfDue(string point)
    {
        if (point != Armed || Interlocked.Increment(ref _reached) != Nth)
            return;
        using var self = Process.GetCurrentProcess();
        self.Kill();
        // The signal may take a moment; nobody may get past the point meanwhile.
        Thread.Sleep(Timeout.Infinite);
    }

    private static int ReadNth()
    {
        if (Environment.GetEnvironmentVariable(Variable)?.Split(':') is not [_, var nth])
            return Environment.GetEnvironmentVariable(Variable)?.Contains(':', StringComparison.Ordinal) == true ? 0 : 1;
        return int.TryParse(nth, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
    }
}
