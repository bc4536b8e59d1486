using System.Diagnostics;
using System.Globalization;
using Causality.Core;
using Causality.Storage.Log;

namespace Causality.Storage.Tests.Support;

/// <summary>This test program, started again as a service process that a test may kill.</summary>
internal static class ChildProcess
{
    public const string Switch = "--child";

    /// <summary>Appends batches of three from several tasks at once, until it is killed; prints the number of each batch once it is acknowledged.</summary>
    public const string Appender = "appender";

    /// <summary>Migrates the database and ends.</summary>
    public const string Migrator = "migrator";

    public const int BatchSize = 3;

    public static Process Start(string role, TestDatabase database, params string[] more)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])[Switch, role, database.Provider.ToString(), database.ConnectionString ?? "", database.Folder, .. more])
            start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }

    public static async Task<int> RunAsync(string role, string[] args)
    {
        await using var store = await TestStore.OpenAsync(options =>
        {
            options.Provider = Enum.Parse<DatabaseProvider>(args[0]);
            options.ConnectionString = args[1].Length == 0 ? null : args[1];
            options.DataFolder = args[2];
        });
        if (role == Migrator)
            return 0;

        var next = int.Parse(args[3], CultureInfo.InvariantCulture);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (true)
            {
                var batch = Interlocked.Increment(ref next);
                await store.Log.AppendBatchAsync(Batch(batch));
                // Some batches are published as well, so that kills hit every step of that.
                if (batch % 7 == 0)
                    await store.Writer.PublishAsync();
                Console.WriteLine(batch.ToString(CultureInfo.InvariantCulture));
            }
        })));
        return 1;
    }

    public static List<LogEntry> Batch(int number) => Entries.Range(number * BatchSize, BatchSize);
}
