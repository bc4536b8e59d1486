using System.Globalization;
using Causality.Core;
using Causality.Storage.Log.Writing;
using Causality.Storage.Tests.Support;

namespace Causality.Storage.Tests.Log;

public abstract class When_the_writer_ends_without_notice(DatabaseProvider provider) : OnADatabase(provider)
{
    private string Active => Path.Combine(Database.Folder, "active");

    [Fact]
    public async Task The_next_one_publishes_its_journal()
    {
        await using (var store = await OpenAsync())
        {
            await store.Log.AppendBatchAsync(Entries.Range(0, 10), Cancel);
            await store.Writer.PublishAsync(Cancel);
            await store.Log.AppendBatchAsync(Entries.Range(10, 10), Cancel);
            store.Crash();
        }

        await using var next = await OpenAsync();
        (await next.Get<JournalAdoption>().AdoptAsync(Cancel)).ShouldBe(1);

        (await next.ReadAsync()).ShouldBe(Entries.Range(0, 20));
        (await next.Log.GetHeadAsync(Cancel)).SegmentCount.ShouldBe(1);
        Directory.GetFiles(Active).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_append_adopts_first()
    {
        await using (var store = await OpenAsync())
        {
            await store.Log.AppendBatchAsync(Entries.Range(0, 10), Cancel);
            store.Crash();
        }

        await using var next = await OpenAsync();

        (await next.Log.AppendBatchAsync(Entries.Range(5, 10), Cancel)).AlreadyPresent.ShouldBe(5);
    }

    [Fact]
    public async Task The_journal_of_a_living_writer_is_left_alone()
    {
        await using var alive = await OpenAsync();
        await alive.Log.AppendBatchAsync(Entries.Range(0, 10), Cancel);
        await using var other = await OpenAsync();

        (await other.Get<JournalAdoption>().AdoptAsync(Cancel)).ShouldBe(0);

        (await other.Log.GetHeadAsync(Cancel)).EntryCount.ShouldBe(0);
    }

    [Fact]
    public async Task A_damaged_journal_is_saved_as_far_as_possible_and_kept()
    {
        await using (var store = await OpenAsync())
        {
            await store.Log.AppendBatchAsync(Entries.Range(0, 3), Cancel);
            await store.Log.AppendBatchAsync(Entries.Range(3, 3), Cancel);
            store.Crash();
        }

        var journal = Directory.GetFiles(Active).Single();
        var bytes = await File.ReadAllBytesAsync(journal, Cancel);
        bytes[bytes.AsSpan().IndexOf("entry-1"u8)] ^= 1;
        await File.WriteAllBytesAsync(journal, bytes, Cancel);

        await using var next = await OpenAsync();
        await next.Get<JournalAdoption>().AdoptAsync(Cancel);

        (await next.ReadAsync()).ShouldBe(Entries.Range(3, 3));
        Directory.GetFiles(Active).Single().ShouldBe(journal + ".damaged");
    }

    [Fact]
    public async Task Killed_at_any_moment_it_keeps_every_acknowledged_entry()
    {
        var acknowledged = new List<int>();
        var last = 0;
        foreach (var lines in (int[])[1, 40, 13, 90])
        {
            using var process = ChildProcess.Start(ChildProcess.Appender, Database, last.ToString(CultureInfo.InvariantCulture));
            var errors = process.StandardError.ReadToEndAsync(Cancel);
            var read = 0;
            while (await process.StandardOutput.ReadLineAsync(Cancel) is { } line)
            {
                acknowledged.Add(int.Parse(line, CultureInfo.InvariantCulture));
                if (++read == lines)
                    process.Kill();
            }

            await process.WaitForExitAsync(Cancel);
            read.ShouldBeGreaterThanOrEqualTo(lines, await errors);
            last = acknowledged.Max() + 100;
        }

        await using var next = await OpenAsync();
        await next.Get<JournalAdoption>().AdoptAsync(Cancel);
        var present = (await next.ReadAsync()).Select(entry => entry.Id).ToHashSet();

        acknowledged.SelectMany(ChildProcess.Batch).Where(entry => !present.Contains(entry.Id)).ShouldBeEmpty();
        // All or nothing, also for batches that nobody was told about.
        present.GroupBy(id => int.Parse(id["entry-".Length..], CultureInfo.InvariantCulture) / ChildProcess.BatchSize).ShouldAllBe(batch => batch.Count() == ChildProcess.BatchSize);
    }
}

public sealed class When_the_writer_ends_without_notice_on_SQLite() : When_the_writer_ends_without_notice(DatabaseProvider.Sqlite);

public sealed class When_the_writer_ends_without_notice_on_PostgreSQL() : When_the_writer_ends_without_notice(DatabaseProvider.PostgreSql);
