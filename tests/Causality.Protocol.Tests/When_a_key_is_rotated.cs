using System.Net;
using Causality.Contracts.Http;
using Causality.Core;
using Causality.Protocol.Identity;
using Causality.Protocol.Server;
using Causality.Protocol.Tests.Hosting;
using Shouldly;
using Xunit;

namespace Causality.Protocol.Tests;

public sealed class When_a_key_is_rotated : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("rotation-").FullName;

    private string Folder => Path.Combine(_data, "identity");
    private IdentityRotation Rotation => new(_data, TimeProvider.System);

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public void The_new_key_waits_beside_the_old_until_it_is_put_to_use_and_the_old_one_until_it_is_retired()
    {
        var old = Start();

        var prepared = Rotation.Prepare();
        (prepared.Pin, prepared.PreviousPin).ShouldBe((old, null));
        Rotation.Prepare().ShouldBe(prepared); // Asking twice makes no third key.
        Start().ShouldBe(old);

        var active = Rotation.Activate();
        (active.Pin, active.NextPin, active.PreviousPin).ShouldBe((prepared.NextPin!, null, old));
        Start().ShouldBe(prepared.NextPin);
        Should.Throw<IdentityException>(() => Rotation.Prepare()).Message.ShouldContain("retire");

        Rotation.Retire().PreviousPin.ShouldBeNull();
        Directory.GetFiles(Folder, "*.pem").Select(Path.GetFileName).Order().ShouldBe(["certificate.pem", "key.pem"]);
        Start().ShouldBe(prepared.NextPin);
    }

    [Fact]
    public void A_crash_between_the_two_files_is_finished_at_the_next_start()
    {
        Start();
        var next = Rotation.Prepare().NextPin;
        File.Move(Path.Combine(Folder, "next-key.pem"), Path.Combine(Folder, "key.pem"), overwrite: true);

        Start().ShouldBe(next);
        Rotation.Show().NextPin.ShouldBeNull();
    }

    [Fact]
    public void Nothing_can_be_put_to_use_that_was_not_prepared()
    {
        Should.Throw<IdentityException>(() => Rotation.Prepare()).Message.ShouldContain("data folder");
        Start();
        Should.Throw<IdentityException>(() => Rotation.Activate()).Message.ShouldContain("prepared");
        Should.Throw<IdentityException>(() => Rotation.OpenNext()).Message.ShouldContain("prepared");
    }

    [Fact]
    public async Task A_peer_that_has_both_pins_lets_both_keys_in_all_the_while()
    {
        Start();
        Rotation.Prepare();
        await using var server = await OperatorServer.StartAsync();
        using var old = new IdentityFolder(Folder, TimeProvider.System).LoadOrCreate(new OperatorId("beta"));
        using var next = Rotation.OpenNext();
        foreach (var pin in new[] { old.Pin, next.Pin })
            server.Peers.ByPin[pin] = new KnownPeer(new OperatorId("beta"));

        foreach (var identity in new[] { old, next })
        {
            using var client = RawClient.To(server.PeerAddress, identity.Certificate);
            (await client.GetAsync(SyncRoutes.Info, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.OK);
        }
    }

    [Fact]
    public void A_key_that_others_can_read_is_closed_at_the_start_and_every_key_file_is_closed_from_the_beginning()
    {
        Start();
        Rotation.Prepare();
        var key = Path.Combine(Folder, "key.pem");
        File.GetUnixFileMode(Path.Combine(Folder, "next-key.pem")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        var told = new List<string>();

        using var identity = new IdentityFolder(Folder, TimeProvider.System, told.Add).LoadOrCreate(new OperatorId("beta"));

        File.GetUnixFileMode(key).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        told.ShouldBe([key]);
    }

    private string Start()
    {
        using var identity = new IdentityFolder(Folder, TimeProvider.System).LoadOrCreate(new OperatorId("beta"));
        return identity.Pin;
    }
}
