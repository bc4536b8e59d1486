namespace Causality.Fuzzing;

/// <summary>A case in which a parser is wrong.</summary>
/// <param name="Target">The parser.</param>
/// <param name="Seed">Of the run.</param>
/// <param name="Number">Of the case.</param>
/// <param name="Input">What it was given.</param>
/// <param name="Fault">What is wrong.</param>
public sealed record FuzzFinding(string Target, int Seed, int Number, byte[] Input, string Fault)
{
    /// <summary>Everything that somebody needs to see it again.</summary>
    public override string ToString() =>
        $"{Target}: {Fault}\nAgain: infra/scripts/fuzz.sh --target {Target} --seed {Seed} --case {Number}\nInput, {Input.Length} bytes in base64: {Convert.ToBase64String(Input.AsSpan(0, Math.Min(Input.Length, 4096)))}{(Input.Length > 4096 ? "…" : "")}";
}
