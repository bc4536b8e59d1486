namespace Causality.Fuzzing;

/// <summary>One parser of something that strangers write.</summary>
/// <param name="Name">As on the command line.</param>
/// <param name="Seeds">Valid inputs, which are mutated.</param>
/// <param name="Words">Fragments that the format gives a meaning to.</param>
/// <param name="Run">Parses an input: true when it was accepted. Throws <see cref="FuzzFaultException"/> when the parser is wrong; whatever else it throws is a fault of the parser, too.</param>
public sealed record FuzzTarget(string Name, IReadOnlyList<byte[]> Seeds, IReadOnlyList<byte[]> Words, Func<byte[], bool> Run);
