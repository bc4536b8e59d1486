using Causality.Core;

namespace Causality.Storage.Backup;

/// <summary>The operator's database as it was at one moment, as files. One for each kind of database; neither needs a program beside this one.</summary>
internal interface IDatabaseSnapshot
{
    /// <summary>The kind.</summary>
    DatabaseProvider Provider { get; }

    /// <summary>Writes the database as it is at one moment into a folder, beside running services.</summary>
    /// <param name="folder">Empty.</param>
    /// <param name="progress">Told now and then.</param>
    /// <param name="cancellationToken">Gives up; the folder is then worth nothing.</param>
    Task<SnapshotContent> TakeAsync(string folder, IProgress<Maintenance.MaintenanceProgress>? progress, CancellationToken cancellationToken);

    /// <summary>Says what is in the way of restoring into the database, or null when it is empty.</summary>
    Task<string?> FindContentAsync(CancellationToken cancellationToken);

    /// <summary>Makes the (empty) database what it was; all of it or nothing.</summary>
    /// <param name="folder">As <see cref="TakeAsync"/> wrote it.</param>
    /// <param name="migration">The schema's last migration.</param>
    /// <param name="progress">Told now and then.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task RestoreAsync(string folder, string migration, IProgress<Maintenance.MaintenanceProgress>? progress, CancellationToken cancellationToken);
}
