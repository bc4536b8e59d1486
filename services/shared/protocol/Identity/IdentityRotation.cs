using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Causality.Core;

namespace Causality.Protocol.Identity;

/// <summary>Changes an operator's key without cutting a peer off: a new key is made beside the old, peers pin both, then the new one is put to use, at last the old one is thrown away.</summary>
/// <param name="dataFolder">The operator's data folder; its identity is in <c>identity</c>.</param>
/// <param name="time">The clock for validity.</param>
/// <remarks>
/// Files: <c>key.pem</c> and <c>certificate.pem</c> in use, <c>next-*</c> prepared, <c>previous-*</c> put aside. Putting the new one to use is two renames, the key first; whoever
/// finds a prepared certificate without its key finishes what a crash has left. Running services go on with the key that they started with until they are started again.
/// </remarks>
public sealed class IdentityRotation(string dataFolder, TimeProvider time)
{
    private static readonly TimeSpan LockPatience = TimeSpan.FromSeconds(30);

    private readonly string _folder = Path.Combine(dataFolder, "identity");

    /// <summary>How the keys stand.</summary>
    /// <exception cref="IdentityException">There is no identity yet, or it cannot be read.</exception>
    public IdentityState Show()
    {
        using var current = Read("") ?? throw new IdentityException($"'{_folder}' holds no identity yet: it is made when the operator starts for the first time.");
        using var next = Read("next-");
        using var previous = Read("previous-");
        return new IdentityState(
            IdentityCertificate.OperatorOf(current), SpkiPin.Of(current), current.NotAfter.ToUniversalTime(),
            next is null ? null : SpkiPin.Of(next), next is null ? null : Since("next-"), previous is null ? null : SpkiPin.Of(previous), previous is null ? null : Since("previous-"));
    }

    /// <summary>Makes the next key, or finds the one that was made before. Nothing uses it yet.</summary>
    /// <exception cref="IdentityException">The key before has not been retired.</exception>
    public IdentityState Prepare()
    {
        using var held = Lock();
        var state = Show();
        if (state.NextPin is not null)
            return state;
        if (state.PreviousPin is not null)
            throw new IdentityException($"The last rotation is not finished: retire the key {state.PreviousPin} first.");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = IdentityCertificate.Create(new OperatorId(state.OperatorId), key, time.GetUtcNow());
        DurableFile.Write(PathOf("next-", "key"), key.ExportPkcs8PrivateKeyPem() + "\n", KeyFile.OwnerOnly);
        DurableFile.Write(PathOf("next-", "certificate"), certificate.ExportCertificatePem() + "\n", KeyFile.OwnerOnly);
        return Show();
    }

    /// <summary>The prepared identity, to ask peers whether they know it.</summary>
    /// <exception cref="IdentityException">None is prepared.</exception>
    public OperatorIdentity OpenNext() => Read("next-", withKey: true) is { } next ? new OperatorIdentity(new OperatorId(IdentityCertificate.OperatorOf(next)), next) : throw NothingPrepared();

    /// <summary>Puts the next key to use for whoever starts from now on, and keeps the one before.</summary>
    /// <exception cref="IdentityException">None is prepared.</exception>
    public IdentityState Activate()
    {
        using var held = Lock();
        using (var next = Read("next-", withKey: true) ?? throw NothingPrepared())
        {
            foreach (var part in new[] { "key", "certificate" })
                DurableFile.Write(PathOf("previous-", part), File.ReadAllText(PathOf("", part)), KeyFile.OwnerOnly);
            File.Move(PathOf("next-", "key"), PathOf("", "key"), overwrite: true);
            FinishActivation(_folder);
        }

        return Show();
    }

    /// <summary>Throws the key before away.</summary>
    public IdentityState Retire()
    {
        using var held = Lock();
        foreach (var part in new[] { "certificate", "key" })
            File.Delete(PathOf("previous-", part));
        return Show();
    }

    /// <summary>Does the second of the two renames when the first was done.</summary>
    internal static void FinishActivation(string folder)
    {
        var certificate = Path.Combine(folder, "next-certificate.pem");
        if (File.Exists(certificate) && !File.Exists(Path.Combine(folder, "next-key.pem")))
            File.Move(certificate, Path.Combine(folder, "certificate.pem"), overwrite: true);
    }

    private X509Certificate2? Read(string prefix, bool withKey = false)
    {
        // The certificate is written last: where it is, the key is complete.
        var path = PathOf(prefix, "certificate");
        try
        {
            if (!File.Exists(path))
                return null;
            return withKey ? X509Certificate2.CreateFromPemFile(path, PathOf(prefix, "key")) : X509CertificateLoader.LoadCertificateFromFile(path);
        }
        catch (Exception exception) when (exception is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new IdentityException($"'{path}' cannot be read: {exception.Message} Check the file and its key, and that this user may read them.", exception);
        }
    }

    private IDisposable Lock()
    {
        if (!Directory.Exists(_folder))
            throw new IdentityException($"There is no '{_folder}': name the operator's data folder.");
        return FolderLock.Acquire(Path.Combine(_folder, ".lock"), LockPatience);
    }

    private DateTimeOffset Since(string prefix) => File.GetLastWriteTimeUtc(PathOf(prefix, "certificate"));

    private string PathOf(string prefix, string part) => Path.Combine(_folder, $"{prefix}{part}.pem");

    private static IdentityException NothingPrepared() => new("No new key is prepared: begin the rotation first.");
}
