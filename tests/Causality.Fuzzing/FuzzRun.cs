using System.Diagnostics;

namespace Causality.Fuzzing;

/// <summary>Runs cases of a target and looks at what the parser says, how long it takes and how much it allocates.</summary>
public static class FuzzRun
{
    // A case takes microseconds; this is what a machine under any load still keeps.
    private static readonly TimeSpan TimeOfCase = TimeSpan.FromSeconds(10);
    private const long BytesOfCase = 64L << 20;

    /// <summary>Runs cases from one number on.</summary>
    /// <returns>How many inputs were accepted; the first fault, or null.</returns>
    public static (int Accepted, FuzzFinding? Fault) Cases(FuzzTarget target, int seed, int first, int count, Func<bool>? stop = null)
    {
        ArgumentNullException.ThrowIfNull(target);
        var accepted = 0;
        for (var number = first; number < first + count && !(stop?.Invoke() ?? false); number++)
        {
            var input = FuzzCase.Make(target, seed, number);
            var (before, watch) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.StartNew());
            try
            {
                if (target.Run(input))
                    accepted++;
            }
            catch (Exception exception)
            {
                return (accepted, new FuzzFinding(target.Name, seed, number, input, exception is FuzzFaultException ? exception.Message : $"It threw {exception.GetType().Name}, which it does not document: {exception}"));
            }

            if (watch.Elapsed > TimeOfCase)
                return (accepted, new FuzzFinding(target.Name, seed, number, input, $"It took {watch.Elapsed}."));
            if (GC.GetAllocatedBytesForCurrentThread() - before is > BytesOfCase and var bytes)
                return (accepted, new FuzzFinding(target.Name, seed, number, input, $"It allocated {bytes} bytes for {input.Length}."));
        }

        return (accepted, null);
    }
}
