using System.Text.Json.Serialization;

namespace CustomerService.Grains.Turns;

/// <summary>A grain's answer to one command. Expected refusals are answers too; only faults are exceptions.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "$type")]
[JsonDerivedType(typeof(Done), "done")]
[JsonDerivedType(typeof(Refused), "refused")]
public abstract partial record Reply
{
    /// <summary>Done; there is nothing to tell.</summary>
    public static Reply Done { get; } = new Done();

    /// <summary>Not done, for a reason that the sender can act on.</summary>
    public static Reply Refuse(string code, string message) => new Refused(code, message);
}

/// <summary>The command was carried out, now or when it first came.</summary>
public sealed record Done : Reply;

/// <summary>The command was understood and not carried out; nothing changed.</summary>
/// <param name="Code">A stable word for programs, in snake_case, such as <c>conversation_closed</c>.</param>
/// <param name="Message">One sentence for people: what was wrong and what to do.</param>
public sealed record Refused(string Code, string Message) : Reply;
