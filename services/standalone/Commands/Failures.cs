using Causality.Scheduler;
using Causality.ServiceDefaults;
using Causality.Standalone.Client;
using Causality.Standalone.Input;
using Causality.Storage.Backup;
using Causality.Storage.Log;

namespace Causality.Standalone.Commands;

/// <summary>Turns what went wrong into a message on standard error and an exit code.</summary>
internal static class Failures
{
    /// <summary>Done.</summary>
    public const int Success = 0;

    /// <summary>Not done: the message says why.</summary>
    public const int Failed = 1;

    /// <summary>Stopped by the person at the keyboard.</summary>
    public const int Interrupted = 130;

    public static async Task<int> ReportAsync(Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (OperationCanceledException)
        {
            return Interrupted;
        }
        catch (Exception exception) when (exception is InputException or ProblemException or DuplicateEntryException or SyncRejectedException or BackupException)
        {
            return await FailAsync(exception.Message);
        }
        catch (Exception exception) when (StartFailure.Explain(exception) is { } explanation)
        {
            return await FailAsync(explanation);
        }
    }

    private static async Task<int> FailAsync(string message)
    {
        await Console.Error.WriteLineAsync($"causality: {message}");
        return Failed;
    }
}
