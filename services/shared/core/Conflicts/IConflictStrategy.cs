namespace Causality.Core;

/// <summary>A rule of one's own: registered as a service of the conflict-resolver, or public in an assembly of its plug-in folder.</summary>
/// <remarks>
/// Called from several threads at once, possibly again for the same conflict (after a crash, or when another version came in meanwhile), so it must not
/// depend on having been called. A plug-in needs a public constructor without parameters.
/// </remarks>
public interface IConflictStrategy
{
    /// <summary>The name by which settings select it; compared without regard to case.</summary>
    string Name { get; }

    /// <summary>Chooses.</summary>
    /// <param name="conflict">The conflict with the entries themselves.</param>
    /// <param name="cancellationToken">Ends after the time that a plug-in has for one conflict.</param>
    /// <returns>The hash of the version to show; null to leave the conflict to people. Any other hash, an exception or silence count as null and are logged.</returns>
    ValueTask<ContentHash?> ChooseAsync(ConflictCase conflict, CancellationToken cancellationToken);
}
