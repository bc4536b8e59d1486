using System.Globalization;

namespace Causality.SyncBenchmark;

/// <summary>The pieces of work, each done by us and by rsync in turn.</summary>
internal sealed class Works(Setting setting, Report report, string identity, string pin)
{
    private const string CompressionSetting = "Transfer:Compressed";
    private const double MemoryAim = 200;

    // As many as a method needs calls to be compiled for speed, several times over, also of what is called once a batch.
    private const int WarmSegments = 400;

    /// <summary>What syncthing 1.19 takes for the full cold sync on two cores: 8 to 16 s.</summary>
    private const double SyncthingSeconds = 8;

    /// <summary>Everything, into an empty store.</summary>
    public async Task ColdAsync(string work, bool compressed)
    {
        if (!setting.Wants(work))
            return;
        var corpus = new Corpus(setting.ColdSegments, 1_000);
        var settings = new Dictionary<string, string?> { [CompressionSetting] = compressed ? "true" : "false" };
        Say($"{work}: preparing {corpus.Segments} segments ...");
        await using var warm = await Source.OpenAsync(new Corpus(WarmSegments, 1_000, First: 1_000_000), pin, settings);
        await using var warmer = await Source.OpenAsync(new Corpus(WarmSegments, 1_000, First: 1_500_000), pin, settings);
        await using var source = await Source.OpenAsync(corpus, pin, settings);
        await using var rsync = await Rsync.OpenAsync(corpus);
        using var trash = new Trash();
        List<SyncFigures> ours = [];
        List<RsyncFigures> plain = [], durable = [];
        for (var run = 1; run <= setting.Runs; run++)
        {
            Say(string.Create(CultureInfo.InvariantCulture, $"{work}: run {run} of {setting.Runs} ..."));
            plain.Add(await rsync.SyncAsync(null, compressed ? "-az" : "-a"));
            if (!compressed)
                durable.Add(await rsync.SyncAsync(null, "-a", "--fsync"));
            ours.Add(await ColdOnceAsync(source, [warm, warmer], settings, trash, relayed: false));
        }

        var wire = (await ColdOnceAsync(source, [warm, warmer], settings, trash, relayed: true)).WireBytes;
        var (seconds, other) = (Median(ours, sync => sync.Seconds), Median(plain, run => run.Seconds));
        if (compressed)
        {
            report.Add($"{work}, s; other: rsync -az", seconds, other, "ratio < 0.67", seconds / other < 1 / 1.5);
        }
        else
        {
            var strict = Median(durable, run => run.Seconds);
            report.Add($"{work}, s; other: rsync -a --fsync", seconds, strict, "ratio < 0.5", seconds / strict < 0.5);
            report.Add($"{work}, s; other: rsync -a", seconds, other);
            if (!setting.Quick)
                report.Add($"{work}, s; other: syncthing 1.19 at its best elsewhere, not in this run", seconds, SyncthingSeconds, "ratio <= 0.25", seconds / SyncthingSeconds <= 0.25);
        }

        report.Add($"{work}, CPU s; other: rsync", Median(ours, sync => sync.CpuSeconds + sync.GatewayCpuSeconds), Median(plain, run => run.CpuSeconds));
        report.Add($"{work}, CPU s of transfer; other: gateway", Median(ours, sync => sync.CpuSeconds), Median(ours, sync => sync.GatewayCpuSeconds));
        var share = wire / (double)source.Bytes;
        report.Add($"{work}, wire/data with TLS; other: rsync, no TLS", share, Median(plain, run => run.WireBytes) / source.Bytes, compressed ? "<= 0.37" : null, compressed ? share <= 0.37 : null);
        var (memory, gateway) = (ours.Max(sync => sync.PeakMegabytes), ours.Max(sync => sync.GatewayPeakMegabytes));
        report.Add($"{work}, peak MB of transfer", memory, null, "<= 200", memory <= MemoryAim);
        report.Add($"{work}, peak MB of gateway", gateway, null, "<= 200", gateway <= MemoryAim);
    }

    /// <summary>Many small segments, of which ten are missing.</summary>
    public Task SmallAsync(string work)
    {
        var missing = Enumerable.Range(0, 10).Select(number => (number * setting.SmallSegments / 10) + 3).ToHashSet();
        var corpus = new Corpus(setting.SmallSegments, 20);
        return DifferenceAsync(work, corpus, corpus with { Without = missing }, (wire, data) => wire <= (1.1 * data) + 4096, "<= 1.1 x data + 4 kB", 0.6);
    }

    /// <summary>Segments that have three entries more at the peer.</summary>
    public Task EditedAsync(string work)
    {
        var edited = Enumerable.Range(0, Setting.Edits).Select(number => number * setting.EditedSegments / Setting.Edits).ToHashSet();
        var corpus = new Corpus(setting.EditedSegments, 1_000);
        return DifferenceAsync(work, corpus, corpus with { Shortened = edited }, (wire, data) => wire <= 1.5 * data, "<= 1.5 x data", 1.5);
    }

    /// <summary>Nothing to do.</summary>
    public async Task NoOpAsync(string work)
    {
        if (!setting.Wants(work))
            return;
        var corpus = new Corpus(setting.EqualSegments, 1);
        Say($"{work}: preparing {corpus.Segments} segments ...");
        await using var source = await Source.OpenAsync(corpus, pin);
        await using var target = await Target.OpenAsync(identity, corpus);
        await using var relay = new CountingRelay(source.PeerPort);
        List<SyncFigures> ours = [];
        for (var run = 0; run < 20 + setting.Runs; run++)
            ours.Add(await target.SyncAsync(source));
        if (!ours.TrueForAll(sync => sync.InSync))
            throw new InvalidOperationException("Equal logs were not seen to be equal.");
        await target.SyncAsync(source, relay);
        var wire = (await target.SyncAsync(source, relay)).WireBytes;
        await using var rsync = await Rsync.OpenAsync(corpus);
        List<RsyncFigures> theirs = [];
        for (var run = 0; run < setting.Runs; run++)
            theirs.Add(await rsync.SyncAsync(corpus, "-a"));
        var milliseconds = Median(ours[20..], sync => sync.Seconds * 1000);
        report.Add($"{work}, ms with bus and database; other: rsync -a", milliseconds, Median(theirs, run => run.Seconds * 1000), "< 20", milliseconds < 20);
        report.Add($"{work}, wire bytes; other: rsync -a", wire, Median(theirs, run => run.WireBytes), "< 1024", wire < 1024);
    }

    private async Task DifferenceAsync(string work, Corpus corpus, Corpus present, Func<long, long, bool> met, string aim, double most)
    {
        if (!setting.Wants(work))
            return;
        Say($"{work}: preparing {corpus.Segments} segments ...");
        await using var source = await Source.OpenAsync(corpus, pin);
        var data = source.Bytes - present.Make().Sum(segment => (long)segment.Content.Length);
        await using var rsync = await Rsync.OpenAsync(corpus);
        List<SyncFigures> ours = [];
        List<RsyncFigures> theirs = [];
        for (var run = 1; run <= setting.Runs; run++)
        {
            Say(string.Create(CultureInfo.InvariantCulture, $"{work}: run {run} of {setting.Runs} ..."));
            theirs.Add(await rsync.SyncAsync(present, "-a"));
            await using var target = await Target.OpenAsync(identity, present);
            await using var relay = new CountingRelay(source.PeerPort);
            await Disk.SettleAsync();
            ours.Add(await target.SyncAsync(source, relay));
        }

        var wire = (long)Median(ours, sync => sync.WireBytes);
        report.Add($"{work}, s, first sync of its process; other: rsync -a", Median(ours, sync => sync.Seconds), Median(theirs, run => run.Seconds));
        report.Add($"{work}, wire bytes; other: rsync -a", wire, Median(theirs, run => run.WireBytes), aim, met(wire, data));
        report.Add(string.Create(CultureInfo.InvariantCulture, $"{work}, wire / missing bytes; other: rsync -a"), wire / (double)data, Median(theirs, run => run.WireBytes) / data, string.Create(CultureInfo.InvariantCulture, $"<= {most}"), wire <= most * data);
    }

    // A service runs for months: what is measured is not the compiler's first minute, so small syncs with other peers go before, with pauses in which it compiles.
    private async Task<SyncFigures> ColdOnceAsync(Source source, Source[] warm, Dictionary<string, string?> settings, Trash trash, bool relayed)
    {
        await using var target = await Target.OpenAsync(identity, null, settings);
        foreach (var small in warm)
        {
            await target.SyncAsync(small);
            await Task.Delay(TimeSpan.FromSeconds(1.5));
        }

        await Disk.SettleAsync();
        await using var relay = relayed ? new CountingRelay(source.PeerPort) : null;
        var figures = await target.SyncAsync(source, relay);
        await target.EndAsync(trash);
        return figures;
    }

    private static double Median<T>(IEnumerable<T> runs, Func<T, double> figure)
    {
        var sorted = runs.Select(figure).Order().ToList();
        return sorted[sorted.Count / 2];
    }

    private static void Say(string text) => Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{DateTime.Now:HH:mm:ss} {text}"));
}
