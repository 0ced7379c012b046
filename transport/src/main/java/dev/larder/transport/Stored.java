package dev.larder.transport;

/** What can be kept under a key: a response, or which headers the responses vary by that are kept under other keys. */
sealed interface Stored permits StoredResponse, VaryIndex, OnTheWay.Gone {}
