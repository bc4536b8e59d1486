using System.Security.Cryptography.X509Certificates;
using Causality.Core;
using Causality.Protocol.Identity;

namespace Causality.Protocol.Tests;

public sealed class When_an_operator_starts : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("identity-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_first_start_makes_a_key_that_only_its_owner_reads()
    {
        using var identity = Open("alpha");

        File.GetUnixFileMode(Path.Combine(_folder, "key.pem")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        identity.Certificate.GetNameInfo(X509NameType.SimpleName, false).ShouldBe("alpha");
        identity.Certificate.NotAfter.ShouldBeGreaterThan(DateTime.Now.AddYears(9));
        identity.Certificate.HasPrivateKey.ShouldBeTrue();
        identity.Pin.ShouldMatch("^[0-9a-f]{64}$");
        Directory.GetFiles(_folder, "*.tmp").ShouldBeEmpty();
    }

    [Fact]
    public void Later_starts_keep_the_identity()
    {
        using var first = Open("alpha");
        using var second = Open("alpha");

        second.Pin.ShouldBe(first.Pin);
        second.Certificate.RawData.ShouldBe(first.Certificate.RawData);
    }

    [Fact]
    public async Task Services_that_start_at_once_agree_on_one_key()
    {
        var pins = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            using var identity = Open("alpha");
            return identity.Pin;
        })));

        pins.Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public void A_folder_of_another_operator_is_refused_with_both_names()
    {
        Open("alpha").Dispose();

        var failure = Should.Throw<IdentityException>(() => Open("beta"));

        failure.Message.ShouldContain("'alpha'");
        failure.Message.ShouldContain("'beta'");
    }

    [Fact]
    public void A_key_that_a_crash_has_left_alone_is_kept()
    {
        using var first = Open("alpha");
        File.Delete(Path.Combine(_folder, "certificate.pem"));

        using var second = Open("alpha");

        second.Pin.ShouldBe(first.Pin);
    }

    [Fact]
    public void A_certificate_near_its_end_is_renewed_with_the_same_key()
    {
        using var first = new IdentityFolder(_folder, new ShiftedTime(TimeSpan.FromDays(-3600))).LoadOrCreate(new OperatorId("alpha"));

        using var second = Open("alpha");

        second.Pin.ShouldBe(first.Pin);
        second.Certificate.NotAfter.ShouldBeGreaterThan(first.Certificate.NotAfter);
    }

    [Fact]
    public void A_damaged_key_is_refused_and_left_alone()
    {
        Open("alpha").Dispose();
        File.WriteAllText(Path.Combine(_folder, "key.pem"), "damaged");

        Should.Throw<IdentityException>(() => Open("alpha")).Message.ShouldContain("backup");
        File.ReadAllText(Path.Combine(_folder, "key.pem")).ShouldBe("damaged");
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_named()
    {
        var file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "");

        Should.Throw<IdentityException>(() => new IdentityFolder(file, TimeProvider.System).LoadOrCreate(new OperatorId("alpha"))).Message.ShouldContain(file);
    }

    private OperatorIdentity Open(string id) => new IdentityFolder(_folder, TimeProvider.System).LoadOrCreate(new OperatorId(id));

    private sealed class ShiftedTime(TimeSpan shift) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + shift;
    }
}
