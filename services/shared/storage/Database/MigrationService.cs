using Causality.Storage.Blobs;
using Microsoft.Extensions.Hosting;

namespace Causality.Storage.Database;

/// <summary>Migrates before other hosted services start: <c>StartingAsync</c> of all runs before <c>StartAsync</c> of any, whatever the order of registration.</summary>
internal sealed class MigrationService(DatabaseMigrator migrator, DataFolder folder) : IHostedLifecycleService
{
    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => File.Exists(folder.Restoring)
        ? throw new StorageUnavailableException($"A backup is being restored into '{folder.Root}', or was and did not end: run 'causality restore' again, with the same backup, to its end; then start.")
        : migrator.MigrateAsync(cancellationToken);

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
