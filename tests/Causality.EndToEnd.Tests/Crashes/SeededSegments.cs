using System.Text;
using Causality.Core;
using Causality.EndToEnd.Tests.Operators;
using Causality.Storage;
using Causality.Storage.Database;
using Causality.Storage.Log;
using Microsoft.Extensions.DependencyInjection;

namespace Causality.EndToEnd.Tests.Crashes;

/// <summary>Segments of an operator beside the one that its gateway writes: as many as a test needs, at once.</summary>
internal static class SeededSegments
{
    private const long Moment = 1_790_000_000_000;

    /// <summary>Stores segments of one entry each, as another writer of that operator would.</summary>
    public static Task StoreAsync(OperatorProcesses one, string name, int count, CancellationToken cancellationToken) => StoreAsync(one, name, count, 1, cancellationToken);

    /// <summary>The same with so many entries each.</summary>
    /// <param name="one">The operator.</param>
    /// <param name="name">Part of their ids.</param>
    /// <param name="count">Segments.</param>
    /// <param name="entries">In each.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="moment">Timestamp of the first entry, milliseconds since the Unix epoch; the others follow one by one.</param>
    public static async Task StoreAsync(OperatorProcesses one, string name, int count, int entries, CancellationToken cancellationToken, long moment = Moment)
    {
        var services = new ServiceCollection().AddLogging();
        services.AddCausalityStorage(options =>
        {
            options.Provider = DatabaseProvider.PostgreSql;
            options.ConnectionString = one.ConnectionString;
            options.DataFolder = one.DataFolder;
            options.ServiceName = ServiceNames.Standalone;
        });
        await using var provider = services.BuildServiceProvider();
        var segments = Enumerable.Range(0, count).Select(number => LogSegment.FromEntries(
            new SegmentId(IdOf(one, name, number)), new OperatorId(one.Id), Enumerable.Range(0, entries).Select(entry => Entry($"{one.Id}-{name}-{number}-{entry}", moment, (number * entries) + entry)))).ToList();
        await provider.GetRequiredService<ISyncableStorage>().ImportBatchAsync(segments, null, cancellationToken);
    }

    /// <summary>The id of one of them.</summary>
    public static string IdOf(OperatorProcesses one, string name, int number) => $"{one.Id}.{name}.{number:D5}";

    private static LogEntry Entry(string id, long moment, int number) =>
        LogEntry.Create(id, moment + number, EntryType.Fact, Encoding.UTF8.GetBytes($$"""{"number":{{number}},"salt":"{{Guid.NewGuid()}}"}"""));
}
