namespace CustomerService.Translation.Masking;

/// <summary>A part of a text that no service may touch.</summary>
/// <param name="Restored">What stands there in the translation: the part itself, or the owner's term in the other language.</param>
internal readonly record struct ProtectedPart(int Start, int Length, string Restored)
{
    public int End => Start + Length;
}
