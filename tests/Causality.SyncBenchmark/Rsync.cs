using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Causality.TestKit.Processes;

namespace Causality.SyncBenchmark;

/// <summary>rsync between two folders of this machine: a daemon on loopback and a client, without TLS.</summary>
internal sealed partial class Rsync : IAsyncDisposable
{
    private readonly Process _daemon;
    private readonly string _folder = Directory.CreateTempSubdirectory("causality-rsync-").FullName;
    private readonly int _port = FreePorts.Take(1)[0];
    private int _targets;

    private Rsync(Corpus corpus)
    {
        var configuration = Path.Combine(_folder, "rsyncd.conf");
        File.WriteAllText(configuration, $"use chroot = no\nreverse lookup = no\nlog file = {_folder}/log\npid file = {_folder}/pid\n[source]\npath = {_folder}/source\nread only = yes\n");
        Write(corpus, Path.Combine(_folder, "source"));
        _daemon = Process.Start(new ProcessStartInfo("rsync", ["--daemon", "--no-detach", $"--config={configuration}", "--address=127.0.0.1", string.Create(CultureInfo.InvariantCulture, $"--port={_port}")]))
            ?? throw new InvalidOperationException("rsync does not start.");
    }

    /// <summary>Writes the corpus as files, one a segment, and opens the daemon.</summary>
    public static async Task<Rsync> OpenAsync(Corpus corpus)
    {
        var rsync = new Rsync(corpus);
        for (var attempt = 0; attempt < 100 && (await RunAsync("rsync", [rsync.Address])).ExitCode != 0; attempt++)
            await Task.Delay(50);
        return rsync;
    }

    private string Address => string.Create(CultureInfo.InvariantCulture, $"rsync://127.0.0.1:{_port}/source/");

    /// <summary>Copies everything to a folder that holds <paramref name="present"/> already.</summary>
    public async Task<RsyncFigures> SyncAsync(Corpus? present, params string[] options)
    {
        var target = Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"target-{++_targets}"));
        Directory.CreateDirectory(target);
        if (present is not null)
            Write(present, target);
        await Disk.SettleAsync();
        var daemon = ProcessFigures.CpuSeconds(_daemon.Id);
        var watch = Stopwatch.StartNew();
        // bash: its "times" gives the processor seconds of the client's own children, too.
        var (exitCode, output) = await RunAsync("bash", ["-c", "rsync --stats \"$@\" && times", "rsync", .. options, Address, target + "/"]);
        var seconds = watch.Elapsed.TotalSeconds;
        if (exitCode != 0)
            throw new InvalidOperationException($"rsync ended with {exitCode}: {output}");
        return new RsyncFigures(seconds, Cpu(output) + ProcessFigures.CpuSeconds(_daemon.Id) - daemon, Figure(Sent(), output) + Figure(Received(), output));
    }

    public async ValueTask DisposeAsync()
    {
        _daemon.Kill();
        await _daemon.WaitForExitAsync();
        _daemon.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    // Times a day old, so that equal sizes and times mean equal content to rsync, as in a folder that was copied with -a.
    private static void Write(Corpus corpus, string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var segment in corpus.Make())
        {
            var path = Path.Combine(folder, segment.Metadata.Id + ".jsonl");
            using (var file = File.OpenHandle(path, FileMode.Create, FileAccess.Write))
                RandomAccess.Write(file, segment.Content.Span, 0);
            File.SetLastWriteTimeUtc(path, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        }
    }

    private static double Cpu(string output) => Time().Matches(output).Skip(2).Sum(match =>
        (60 * double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)) + double.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture));

    private static long Figure(Regex pattern, string output) =>
        long.Parse(pattern.Match(output).Groups[1].Value.Replace(",", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);

    private static async Task<(int ExitCode, string Output)> RunAsync(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true }) ?? throw new InvalidOperationException($"{program} does not start.");
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }

    [GeneratedRegex(@"(\d+)m([\d.]+)s")]
    private static partial Regex Time();

    [GeneratedRegex(@"Total bytes sent: ([\d,]+)")]
    private static partial Regex Sent();

    [GeneratedRegex(@"Total bytes received: ([\d,]+)")]
    private static partial Regex Received();
}

/// <summary>What one run of rsync took.</summary>
internal sealed record RsyncFigures(double Seconds, double CpuSeconds, long WireBytes);
