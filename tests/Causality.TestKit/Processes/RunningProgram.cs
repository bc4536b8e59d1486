using System.Collections.Concurrent;
using System.Diagnostics;

namespace Causality.TestKit.Processes;

/// <summary>A .NET program of ours as a process of its own. What it prints goes to a log file; disposing it ends it.</summary>
public sealed class RunningProgram : IAsyncDisposable
{
    // The services give themselves 25 s to stop.
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(35);
    private readonly Process _process;
    private readonly StreamWriter _log;
    private readonly ConcurrentQueue<string> _tail = new();
    private readonly Lock _lock = new();
    private int? _exitCode;

    private RunningProgram(string name, Process process, StreamWriter log) => (Name, _process, _log) = (name, process, log);

    /// <summary>What the test calls it.</summary>
    public string Name { get; }

    /// <summary>The operating system's id.</summary>
    public int ProcessId { get; private set; }

    /// <summary>True when it has ended, by itself or not.</summary>
    public bool HasEnded => _exitCode is not null || _process.HasExited;

    /// <summary>Its exit code; only after it has ended. 128 + n for signal n.</summary>
    public int ExitCode => _exitCode ?? _process.ExitCode;

    /// <summary>Starts a program.</summary>
    /// <param name="name">What the test calls it.</param>
    /// <param name="assembly">The <c>.dll</c>.</param>
    /// <param name="arguments">Its command line.</param>
    /// <param name="environment">Variables beside those of the test.</param>
    /// <param name="logFile">Appended to, so that a restart keeps what stood there.</param>
    public static RunningProgram Start(string name, string assembly, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, string logFile)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, WorkingDirectory = Path.GetDirectoryName(logFile)! };
        start.ArgumentList.Add(assembly);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        foreach (var (variable, value) in ProgramEnvironment.Of(environment))
            start.Environment[variable] = value;

        var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        var program = new RunningProgram(name, process, new StreamWriter(logFile, append: true) { AutoFlush = true });
        process.OutputDataReceived += (_, line) => program.Note(line.Data);
        process.ErrorDataReceived += (_, line) => program.Note(line.Data);
        process.Start();
        program.ProcessId = process.Id;
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return program;
    }

    /// <summary>The last lines that it printed.</summary>
    public string Tail => $"--- {Name} (process {ProcessId}{(HasEnded ? $", ended with {ExitCode}" : "")})\n{string.Join('\n', _tail)}";

    /// <summary>Waits until it ends by itself.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="TimeoutException">It runs on; holds its last lines.</exception>
    public async Task<int> WaitForEndAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience);
        try
        {
            await _process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
            return _process.ExitCode;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"{Name} still runs after {patience.TotalSeconds} s.\n{Tail}");
        }
    }

    /// <summary>Asks it to stop (SIGTERM) and waits.</summary>
    /// <returns>The exit code: 0 for a graceful stop.</returns>
    /// <exception cref="TimeoutException">It did not stop.</exception>
    public Task<int> StopAsync(CancellationToken cancellationToken = default)
    {
        if (!HasEnded)
            Signals.SendTerminate(_process);
        return WaitForEndAsync(StopPatience, cancellationToken);
    }

    /// <summary>Ends it at once (SIGKILL), as a crash or the kernel would.</summary>
    public async Task KillAsync(CancellationToken cancellationToken = default)
    {
        if (!HasEnded)
            _process.Kill();
        await _process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Asks it to stop, ends it if it does not, and closes the log.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_exitCode is not null)
            return;

        try
        {
            await StopAsync().ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            await KillAsync().ConfigureAwait(false);
        }

        _exitCode = _process.ExitCode;
        _process.Dispose();
        await _log.DisposeAsync().ConfigureAwait(false);
    }

    private void Note(string? line)
    {
        if (line is null)
            return;

        lock (_lock)
        {
            _log.WriteLine(line);
            _tail.Enqueue(line);
            if (_tail.Count > 60)
                _tail.TryDequeue(out _);
        }
    }
}
