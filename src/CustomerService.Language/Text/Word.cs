namespace CustomerService.Language;

/// <summary>A word of a message, in order.</summary>
/// <param name="Hash"><see cref="NgramHash.Word"/> of its lower-case form.</param>
/// <param name="Shouted">Written in capitals throughout, three letters or more.</param>
/// <param name="ClauseStart">The first word after the message's start or after punctuation that ends a clause.</param>
internal readonly record struct Word(uint Hash, bool Shouted, bool ClauseStart);
