using System.Text.Json;
using Causality.TestKit.Processes;

namespace Causality.Standalone.Tests.CommandLine;

/// <summary>A person verifies, repairs, backs up, restores and sweeps, beside running operators and without them.</summary>
public sealed class When_a_store_is_looked_after
{
    [Fact]
    public async Task Damage_is_found_repaired_from_the_peer_and_not_found_again()
    {
        await using var two = await TwoServedOperators.StartAsync();
        var (a, b) = two;
        await AppendAsync(a, "by-a", 200);
        await two.IntroduceAsync();
        (await b.RunAsync("sync", "operator-a", "--wait")).ExitCode.ShouldBe(0);
        (await VerifyAsync(a)).ShouldBe((0, true, 0, 0));
        foreach (var blob in Directory.EnumerateFiles(Path.Combine(a.Data, "blobs", "sha256"), "*", SearchOption.AllDirectories))
            await File.AppendAllTextAsync(blob, "rot", TestContext.Current.CancellationToken);

        var found = await VerifyAsync(a);
        var repaired = await VerifyAsync(a, "--repair");
        var people = await a.RunAsync("verify", "--data", a.Data);

        found.Code.ShouldBe(2);
        found.Damages.ShouldBeGreaterThan(0);
        repaired.ShouldBe((0, true, found.Damages, found.Damages));
        people.ExitCode.ShouldBe(0, people.Error);
        people.Output.ShouldEndWith("Sound.\n");
        people.Error.ShouldBeEmpty();
        (await a.RunAsync("log")).Output.ShouldBe((await b.RunAsync("log")).Output);
    }

    [Fact]
    public async Task What_no_peer_has_is_reported_with_the_reason_and_an_exit_code()
    {
        await using var a = await ServedOperator.StartAsync("operator-a");
        await AppendAsync(a, "by-a", 20);
        (await a.Program.StopAsync(TestContext.Current.CancellationToken)).ShouldBe(0);
        foreach (var blob in Directory.EnumerateFiles(Path.Combine(a.Data, "blobs", "sha256"), "*", SearchOption.AllDirectories))
            File.Delete(blob);

        var run = await a.RunAsync("verify", "--data", a.Data, "--repair");

        run.ExitCode.ShouldBe(2, run.Output + run.Error);
        run.Output.ShouldContain("missing");
        run.Output.ShouldContain("there is no enabled peer to ask");
    }

    [Fact]
    public async Task A_restored_operator_is_who_it_was_and_syncs()
    {
        await using var two = await TwoServedOperators.StartAsync();
        var (a, b) = two;
        await AppendAsync(a, "before", 50);
        await two.IntroduceAsync();
        (await b.RunAsync("sync", "operator-a", "--wait")).ExitCode.ShouldBe(0);
        var backups = Path.Combine(a.Folder, "backups");
        (await a.RunAsync("backup", backups, "--data", a.Data)).ExitCode.ShouldBe(0);
        await AppendAsync(a, "after-the-backup", 30);
        (await b.RunAsync("sync", "operator-a", "--wait")).ExitCode.ShouldBe(0);
        var pin = await a.ReadPinAsync();

        // The disk is lost.
        await a.Program.KillAsync(TestContext.Current.CancellationToken);
        Directory.Delete(a.Data, recursive: true);
        var restored = await a.RunAsync("restore", backups, "--data", a.Data, "--json");
        await a.StartAsync();
        await AppendAsync(a, "after-the-restore", 10);

        restored.ExitCode.ShouldBe(0, restored.Output + restored.Error);
        JsonDocument.Parse(restored.Output).RootElement.GetProperty("verify").GetProperty("sound").GetBoolean().ShouldBeTrue();
        (await a.ReadPinAsync()).ShouldBe(pin);
        var back = await a.RunAsync("sync", "operator-b", "--wait");
        back.ExitCode.ShouldBe(0, back.Output + back.Error);
        (await b.RunAsync("sync", "operator-a", "--wait")).ExitCode.ShouldBe(0);
        var log = (await a.RunAsync("log")).Output;
        log.ShouldBe((await b.RunAsync("log")).Output);
        log.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(90);
    }

    [Fact]
    public async Task Restoring_over_something_and_sweeping_too_early_are_refused()
    {
        await using var a = await ServedOperator.StartAsync("operator-a");
        await AppendAsync(a, "by-a", 20);
        var backups = Path.Combine(a.Folder, "backups");
        (await a.RunAsync("restore", backups, "--data", Path.Combine(a.Folder, "new"))).ShouldFail("holds no complete backup");
        (await a.RunAsync("backup", backups, "--data", a.Data)).ExitCode.ShouldBe(0);

        (await a.RunAsync("restore", backups, "--data", a.Data)).ShouldFail("Nothing was restored");
        (await a.RunAsync("restore", backups, "--data", Path.Combine(a.Folder, "new"), "--name", "yesterday")).ShouldFail("holds no backup 'yesterday'");
        (await a.RunAsync("gc", "--data", a.Data, "--grace", "1s")).ShouldFail("--grace", "at least 1m");
        (await a.RunAsync("gc", "--data", a.Data, "--dry-run")).Output.ShouldStartWith("Would remove 0 unused contents");
        (await a.RunAsync("verify", "--data", Path.Combine(a.Folder, "nowhere"))).ShouldFail("There is no data folder");
        (await a.RunAsync("verify", "--data", a.Folder)).ShouldFail("There is no operator's database");
        (await a.RunAsync("verify", "--data", a.Data, "--repiar")).ShouldFail("--repiar");
    }

    private static async Task<(int Code, bool Sound, long Damages, long Repaired)> VerifyAsync(ServedOperator one, params string[] more)
    {
        var run = await one.RunAsync(["verify", "--data", one.Data, "--json", .. more]);
        run.Error.ShouldBeEmpty();
        var report = JsonDocument.Parse(run.Output).RootElement;
        return (run.ExitCode, report.GetProperty("sound").GetBoolean(), report.GetProperty("damage_count").GetInt64(), report.GetProperty("repaired").GetInt64());
    }

    /// <summary>Appends and waits until a peer would get it.</summary>
    private static async Task AppendAsync(ServedOperator one, string name, int count)
    {
        var (lines, before) = (Lines.Make(name, count), SizeOf((await one.RunAsync("status", "--json")).Output));
        var run = await one.RunAsync("append", one.Write($"{name}.jsonl", lines));
        run.ExitCode.ShouldBe(0, run.Error);
        await Eventually.BecomesAsync(async _ => (await one.RunAsync("status", "--json")).Output, status => SizeOf(status) == before + lines.Sum(line => line.Length + 1), $"{one.Id} to publish", TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
    }

    private static long SizeOf(string status) => JsonDocument.Parse(status).RootElement.GetProperty("log").GetProperty("size_bytes").GetInt64();
}
