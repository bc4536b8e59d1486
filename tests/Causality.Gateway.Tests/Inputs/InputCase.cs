namespace Causality.Gateway.Tests.Inputs;

/// <summary>One bad input and what it must get.</summary>
/// <param name="Row">The row of the list of bad inputs, such as <c>S14</c>.</param>
/// <param name="Name">What is special about this variant; unique within the row.</param>
/// <param name="Send">Sends it.</param>
/// <param name="Status">The status that it must get; 0 for a connection that is closed without an answer.</param>
/// <param name="Slug">The problem that it must get; null for an answer below HTTP, which has no body, or for a success.</param>
/// <param name="Changes">True for what is no fault and may change the log.</param>
/// <param name="OwnBytes">What sending it allocates here, where that is much: it is not the gateway's.</param>
internal sealed record InputCase(string Row, string Name, Func<InputDoors, Task<InputAnswer>> Send, int Status, string? Slug, bool Changes = false, long OwnBytes = 0)
{
    public override string ToString() => $"{Row} {Name}";
}
