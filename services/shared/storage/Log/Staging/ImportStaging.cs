using Causality.Storage.Blobs;

namespace Causality.Storage.Log.Staging;

/// <summary>Staging in the data folder: a journal for each import names the temporary files that hold what has come. Who holds it open lives.</summary>
internal sealed class ImportStaging(DataFolder folder, SegmentImporter importer, ISegmentStore blobs) : IImportStaging
{
    /// <inheritdoc/>
    public IImportBatch Begin(Guid purpose) => new ImportBatch(importer, blobs, new StagingJournal(folder, purpose));

    /// <inheritdoc/>
    public StagedContents Recover(Guid purpose)
    {
        var (journals, segments) = (new List<FileStream>(), new List<StagedSegment>());
        if (Directory.Exists(folder.Temporary))
            DataFolder.Guard("read what was received before", () => Collect(purpose, journals, segments));
        return new StagedContents(folder, journals, segments);
    }

    private void Collect(Guid purpose, List<FileStream> journals, List<StagedSegment> segments)
    {
        foreach (var path in Directory.EnumerateFiles(folder.Temporary, StagingJournal.PatternOf(purpose)))
        {
            if (StagingJournal.TryTakeOver(path) is not { } journal)
                continue;
            journals.Add(journal);
            using var reader = new StreamReader(journal, leaveOpen: true);
            while (reader.ReadLine() is { } line)
            {
                if (StagedSegment.Read(line) is { } staged)
                    segments.Add(staged);
            }
        }
    }
}
