namespace Causality.Core;

/// <summary>One member of an object being rewritten: its decoded name, and its name and value as written.</summary>
internal readonly record struct MemberRange(ByteRange Name, ByteRange Text);
