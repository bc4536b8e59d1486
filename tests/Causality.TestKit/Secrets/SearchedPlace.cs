namespace Causality.TestKit.Secrets;

/// <summary>Something that people other than a secret's owner get to see.</summary>
/// <param name="Kind">What kind of place, such as <c>logs</c>.</param>
/// <param name="Name">Which one.</param>
/// <param name="Bytes">What stands there.</param>
public sealed record SearchedPlace(string Kind, string Name, byte[] Bytes)
{
    /// <summary>Every canary that is to be seen here, one line each, with its spelling and never with its text.</summary>
    public IEnumerable<string> Sightings(IEnumerable<Canary> canaries) =>
        canaries.Select(canary => (canary.Name, Spelling: canary.FindIn(Bytes))).Where(found => found.Spelling is not null).Select(found => $"{Kind} {Name}: {found.Name}, {found.Spelling}");
}
