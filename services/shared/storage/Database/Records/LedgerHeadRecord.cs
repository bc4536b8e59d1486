namespace Causality.Storage.Database.Records;

/// <summary>The one row that every change of the conflict ledger locks.</summary>
public sealed class LedgerHeadRecord
{
    /// <summary>The key of the one row.</summary>
    public const int OnlyId = 1;

    /// <summary>Always <see cref="OnlyId"/>.</summary>
    public int Id { get; set; } = OnlyId;

    /// <summary>The last version given to a row of the ledger; versions become visible in order, as those of <see cref="HeadRecord"/> do.</summary>
    public long Version { get; set; }

    /// <summary>The version of the log up to which all conflicts are in the ledger.</summary>
    public long ResolvedVersion { get; set; }
}
