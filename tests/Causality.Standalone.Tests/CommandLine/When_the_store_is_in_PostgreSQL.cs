using System.Globalization;
using System.Text.Json;
using Causality.Storage.Observing;
using Causality.TestKit.Processes;
using Causality.TestKit.Servers;

namespace Causality.Standalone.Tests.CommandLine;

/// <summary>The commands on database and files, as they are run for the services: rows in PostgreSQL, contents in a folder.</summary>
public sealed class When_the_store_is_in_PostgreSQL(OnPostgresFixture source) : IClassFixture<OnPostgresFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static ServedOperator Require(OnPostgresFixture source)
    {
        Assert.SkipUnless(PostgresServer.IsAvailable, "No such server is named; run infra/scripts/with-servers.sh.");
        return source.Operator;
    }

    [Fact]
    public async Task A_backup_becomes_an_operator_in_an_empty_database_and_folder()
    {
        var one = Require(source);
        var (backups, folder) = (Path.Combine(one.Folder, "backups"), Path.Combine(one.Folder, "restored"));
        await using var empty = await PostgresServer.CreateAsync(Token);
        var before = await VerifyAsync(one, one.Data, source.Database);

        var backup = await one.RunAsync("backup", backups, "--data", one.Data, "--database", source.Database.ConnectionString);
        var restore = await one.RunAsync("restore", backups, "--data", folder, "--database", empty.ConnectionString);

        backup.ExitCode.ShouldBe(0, backup.Error);
        restore.ExitCode.ShouldBe(0, restore.Error);
        restore.Output.ShouldContain("Sound.");
        before.ShouldBe((0, true, OnPostgresFixture.Entries, before.Root));
        (await VerifyAsync(one, folder, empty)).ShouldBe(before);
        // Nobody knows either of them as a peer, so that for once both may run.
        await using (var restored = await ServedOperator.StartInAsync(folder, "operator-a", OnPostgresFixture.StoreSettings(empty)))
        {
            (await restored.ReadPinAsync()).ShouldBe(await one.ReadPinAsync());
            (await restored.RunAsync("log")).Output.ShouldBe((await one.RunAsync("log")).Output);
        }

        File.Delete(Directory.EnumerateFiles(Path.Combine(folder, "blobs", "sha256"), "*", SearchOption.AllDirectories).First());
        (await VerifyAsync(one, folder, empty)).ShouldBe((2, false, before.Entries, before.Root));
    }

    [Fact]
    public async Task A_database_in_use_is_not_restored_over()
    {
        var one = Require(source);
        var backups = Path.Combine(one.Folder, "other-backups");
        (await one.RunAsync("backup", backups, "--data", one.Data, "--database", source.Database.ConnectionString)).ExitCode.ShouldBe(0);

        (await one.RunAsync("restore", backups, "--data", Path.Combine(one.Folder, "other"), "--database", source.Database.ConnectionString)).ShouldFail("Nothing was restored");
    }

    [Fact]
    public async Task The_alert_for_old_backups_goes_by_the_one_that_the_command_made()
    {
        var one = Require(source);
        const string Metric = "causality_backup_last_success_timestamp_seconds ";
        var before = BackupMark.Read(one.Data) ?? DateTimeOffset.UnixEpoch;

        (await one.RunAsync("backup", Path.Combine(one.Folder, "more-backups"), "--data", one.Data, "--database", source.Database.ConnectionString)).ExitCode.ShouldBe(0);

        var mark = BackupMark.Read(one.Data).ShouldNotBeNull();
        mark.ShouldBeGreaterThan(before);
        var told = (mark.ToUnixTimeMilliseconds() / 1000.0).ToString(CultureInfo.InvariantCulture);
        await Eventually.BecomesAsync(
            async _ => (await one.MetricsAsync()).Split('\n').FirstOrDefault(line => line.StartsWith(Metric, StringComparison.Ordinal)), line => line == Metric + told, $"{Metric}{told}", TimeSpan.FromSeconds(60), Token);
    }

    private static async Task<(int Code, bool IsSound, long Entries, string Root)> VerifyAsync(ServedOperator one, string folder, PostgresServer database)
    {
        var run = await one.RunAsync("verify", "--data", folder, "--database", database.ConnectionString, "--json");
        run.Error.ShouldBeEmpty();
        var report = JsonDocument.Parse(run.Output).RootElement;
        return (run.ExitCode, report.GetProperty("sound").GetBoolean(), report.GetProperty("entries").GetInt64(), report.GetProperty("root").GetString()!);
    }
}
