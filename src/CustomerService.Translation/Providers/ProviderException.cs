namespace CustomerService.Translation.Providers;

/// <summary>A service did not do what it was asked.</summary>
/// <param name="message">In a few words, without the text and without the key.</param>
public sealed class ProviderException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Asking once more may help: it was out of reach, slow, or failed inside.</summary>
    public bool MayPass { get; init; }

    /// <summary>It serves nobody now: besides the above it is out of its quota, or refuses the key.</summary>
    public bool IsDown { get; init; }
}
