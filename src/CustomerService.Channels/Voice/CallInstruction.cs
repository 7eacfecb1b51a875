using System.Collections.Immutable;

namespace CustomerService.Channels.Voice;

/// <summary>One thing to do in a call; what comes after it is done when it is over.</summary>
internal abstract record CallInstruction
{
    private CallInstruction()
    {
    }

    /// <param name="Language">ISO 639-1, which may be another than the call's: a menu names each in its own.</param>
    public sealed record Say(string Text, string Language) : CallInstruction;

    /// <param name="Address">Of a sound.</param>
    public sealed record Play(Uri Address) : CallInstruction;

    /// <summary>Listens while it says something: who speaks or presses a key interrupts it. Where nothing is heard, what follows is done.</summary>
    /// <param name="For">What is listened for.</param>
    /// <param name="Then">Where what was heard is told.</param>
    /// <param name="Seconds">How long it listens after the last word.</param>
    public sealed record Listen(ListenFor For, string Language, ImmutableArray<CallInstruction> While, string Then, int Seconds = 5) : CallInstruction;

    /// <param name="Number">In E.164.</param>
    /// <param name="Whisper">What is done on the other side before the two hear each other.</param>
    /// <param name="Then">Where is told what came of it.</param>
    public sealed record Dial(string Number, string Whisper, string Then) : CallInstruction;

    /// <param name="Then">Where it goes on.</param>
    /// <param name="Kept">Where is told that the recording can be had.</param>
    /// <param name="Written">Where is told what was said; null: it is not written down.</param>
    public sealed record Record(string Then, string Kept, string? Written) : CallInstruction;

    public sealed record GoTo(string Where) : CallInstruction;

    public sealed record HangUp : CallInstruction;
}

internal enum ListenFor
{
    /// <summary>Speech, or one key.</summary>
    SpeechOrKey,

    /// <summary>Speech, or keys up to <c>#</c> (an order's number, say).</summary>
    SpeechOrKeys,

    /// <summary>One key.</summary>
    Key,
}
