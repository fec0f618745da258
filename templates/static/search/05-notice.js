/*! The English stemmer: Snowball 3.0.1, copyright 2001 Martin Porter, 2004-2005 Richard Boulton, 2013 Yoshiki Shibukawa, 2006-2025 Olly Betts; BSD-3-Clause. */
