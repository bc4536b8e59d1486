namespace Causality.Contracts.Tests;

public sealed class When_others_depend_on_the_contracts
{
    [Fact]
    public void The_assembly_references_nothing_but_the_framework()
    {
        var foreign = ContractTypes.Assembly.GetReferencedAssemblies().Select(reference => reference.Name!)
            .Where(name => !name.StartsWith("System.", StringComparison.Ordinal) && name is not ("System" or "netstandard"));

        foreign.ShouldBeEmpty();
    }

    [Fact]
    public void Every_message_is_in_the_namespace_that_is_its_name_on_the_wire()
    {
        ContractTypes.Messages.Count.ShouldBeGreaterThanOrEqualTo(18);
        ContractTypes.All.Where(type => type.Namespace != ContractTypes.MessageNamespace)
            .ShouldAllBe(type => type.Namespace!.StartsWith(ContractTypes.MessageNamespace + ".Http", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_record_is_sealed_and_has_no_base_class() =>
        ContractTypes.Records.ShouldAllBe(type => type.IsSealed && type.BaseType == typeof(object));

    [Fact]
    public void Nothing_published_is_lost_or_changed()
    {
        var now = ContractSnapshot.Lines();
        var published = File.ReadAllLines(ContractSnapshot.Path).Where(line => line.Length > 0 && line[0] != '#').ToList();
        if (Environment.GetEnvironmentVariable(ContractSnapshot.AcceptVariable) == "1")
        {
            published.Except(now).ShouldBeEmpty("additions only can be accepted: these lines were published and are gone or changed");
            ContractSnapshot.Write(now);
            return;
        }

        published.Except(now).ShouldBeEmpty(
            "These lines of the published contract are gone or changed, and running systems of other people rely on them. Bring them back; give what is new another name.");
        now.Except(published).ShouldBeEmpty(
            $"These lines are new. If they are meant to be published, run this test once with {ContractSnapshot.AcceptVariable}=1 and commit {System.IO.Path.GetFileName(ContractSnapshot.Path)}.");
    }

    [Fact]
    public void A_published_record_gets_no_new_required_member()
    {
        var published = File.ReadAllLines(ContractSnapshot.Path).ToHashSet(StringComparer.Ordinal);

        var demanding = ContractSnapshot.Lines().Where(line => line.EndsWith(" required", StringComparison.Ordinal) && !published.Contains(line) && published.Contains($"record {OwnerOf(line)}"));

        demanding.ShouldBeEmpty("Senders of today leave these members out, and their messages would be refused. Make them optional.");
    }

    private static string OwnerOf(string line)
    {
        var member = line[..line.IndexOf(':', StringComparison.Ordinal)];
        return member[..member.LastIndexOf('.')];
    }
}
