//! Files and folders that nobody should make: every one is answered with a message.
